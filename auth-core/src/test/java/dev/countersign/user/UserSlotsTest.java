package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.template.SlotName;
import dev.countersign.template.SlotValue;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserSlotsTest {

    private static final Instant CREATED = Instant.parse("2014-02-11T07:19:55Z");

    private static final User USER = User.builder(new UserId(7), new UUID(1, 2), CREATED)
            .username(Identifier.username(42))
            .status(UserStatus.DISABLED)
            .attributes(JsonObject.EMPTY.with("address", JsonObject.EMPTY.with("city.name", new JsonString("Ulm"))))
            .build();

    @Test
    void every_slot_is_filled() {
        assertThat(value("user.id")).isEqualTo(SlotValue.of(7));
        assertThat(value("user.uuid")).isEqualTo(SlotValue.of(USER.uuid().toString()));
        assertThat(value("user.email")).isEqualTo(SlotValue.ABSENT);
        assertThat(value("user.username")).isEqualTo(SlotValue.of(JsonNumber.of(42)));
        assertThat(value("user.status")).isEqualTo(SlotValue.of("disabled"));
        assertThat(value("user.created_at")).isEqualTo(SlotValue.of(CREATED));
        assertThat(value("user.updated_at")).isEqualTo(SlotValue.ABSENT);
        assertThat(value("user.attributes.address[\"city.name\"]")).isEqualTo(SlotValue.of("Ulm"));
        assertThat(value("user.attributes.none")).isEqualTo(SlotValue.ABSENT);
        assertThat(value("user.attributes")).isEqualTo(SlotValue.of(USER.attributes()));
    }

    @Test
    void every_name_is_a_slot_and_nothing_of_the_password_is() {
        for (String name : UserSlots.names()) {
            assertThat(UserSlots.has(SlotName.parse("user." + name))).isTrue();
            assertThat(name).doesNotContain("hash").isNotEqualTo("password");
        }
        assertThat(UserSlots.has(SlotName.parse("user.password"))).isFalse();
        assertThat(UserSlots.has(SlotName.parse("user.hash"))).isFalse();
        assertThat(UserSlots.has(SlotName.parse("user"))).isFalse();
        assertThat(UserSlots.has(SlotName.parse("user.id.x"))).isFalse();
        assertThat(value("user.password")).isEqualTo(SlotValue.ABSENT);
    }

    @Test
    void times_are_known_as_such() {
        assertThat(UserSlots.isTime(SlotName.parse("user.created_at"))).isTrue();
        assertThat(UserSlots.isTime(SlotName.parse("user.id"))).isFalse();
        assertThat(UserSlots.isTime(SlotName.parse("user.attributes.created_at")))
                .isFalse();
    }

    private static SlotValue value(String name) {
        return UserSlots.value(USER, SlotName.parse(name));
    }
}
