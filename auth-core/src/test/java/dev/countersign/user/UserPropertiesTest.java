package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserPropertiesTest {

    private static final UserProperty<String> PHONE = UserProperty.text("phone");
    private static final Instant TIME = Instant.parse("2024-02-29T12:00:00Z");

    @Test
    void a_property_is_found_by_its_name() {
        assertThat(UserProperties.KNOWN.find("created_at")).contains(UserProperties.CREATED_AT);
        assertThat(UserProperties.KNOWN.find("phone")).isEmpty();
        assertThat(UserProperties.KNOWN.plus(PHONE).find("phone")).contains(PHONE);
        assertThat(UserProperties.KNOWN.plus(PHONE).find("updated_at")).contains(UserProperties.UPDATED_AT);
    }

    @Test
    void two_properties_have_two_names() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserProperties.KNOWN.plus(UserProperty.text("created_at")))
                .withMessageContaining("created_at");
    }

    @Test
    void only_the_times_of_logins_are_of_logins_and_only_the_creation_is_required() {
        assertThat(UserProperties.KNOWN.all().stream().filter(UserProperty::isOfLogin))
                .containsExactlyInAnyOrder(UserProperties.LAST_LOGIN_AT, UserProperties.PREVIOUS_LOGIN_AT);
        assertThat(UserProperties.KNOWN.all().stream().filter(UserProperty::isRequired))
                .containsExactly(UserProperties.CREATED_AT);
        assertThat(UserProperty.time("seen").required().ofLogin().isRequired()).isTrue();
        assertThat(UserProperty.time("seen").ofLogin().required().isOfLogin()).isTrue();
    }

    @Test
    void a_required_property_cannot_be_removed() {
        User.Builder user = User.builder(new UserId(1), new UUID(1, 1), TIME);
        assertThatNullPointerException()
                .isThrownBy(() -> user.set(UserProperties.CREATED_AT, null))
                .withMessage("created_at");
    }

    @Test
    void text_that_no_store_keeps_is_refused() {
        assertThat(PHONE.checked("+49 30")).isEqualTo("+49 30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PHONE.checked("\0"))
                .withMessageContaining("phone");
        assertThatIllegalArgumentException().isThrownBy(() -> PHONE.checked("30\uD800"));
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> PHONE.checked(TIME));
    }

    @Test
    void values_are_those_that_were_set_last() {
        PropertyValues values = new PropertyValues.Builder()
                .set(PHONE, "1")
                .set(UserProperties.UPDATED_AT, TIME)
                .set(PHONE, "2")
                .build();
        assertThat(values.get(PHONE)).isEqualTo("2");
        assertThat(values.get(UserProperties.UPDATED_AT)).isEqualTo(TIME);
        assertThat(values.get(UserProperties.CREATED_AT)).isNull();
        assertThat(values.asMap()).isEqualTo(Map.of(PHONE, "2", UserProperties.UPDATED_AT, TIME));
        assertThat(values).hasToString("{phone=2, updated_at=2024-02-29T12:00:00Z}");
    }

    @Test
    void a_value_of_null_is_none() {
        PropertyValues values =
                new PropertyValues.Builder().set(PHONE, "1").set(PHONE, null).build();
        assertThat(values).isEqualTo(PropertyValues.NONE);
        assertThat(values.get(PHONE)).isNull();
    }

    @Test
    void equal_values_are_equal() {
        PropertyValues values = new PropertyValues.Builder().set(PHONE, "1").build();
        PropertyValues same = new PropertyValues.Builder().setAll(values).build();
        assertThat(same).isEqualTo(values).hasSameHashCodeAs(values);
        assertThat(values.hashCode()).isNotEqualTo(PropertyValues.NONE.hashCode());
        assertThat(values)
                .isNotEqualTo(PropertyValues.NONE)
                .isNotEqualTo(new PropertyValues.Builder().set(PHONE, "2").build());
    }
}
