package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewUserTest {

    private static final Identifier EMAIL = Identifier.typed("han@example.com");
    private static final Identifier USERNAME = Identifier.typed("han");
    private static final Identifier NOTHING = Identifier.typed("");

    @Test
    void one_of_the_two_names_is_enough() {
        assertThat(user(EMAIL, null).username()).isNull();
        assertThat(user(null, USERNAME).email()).isNull();
        assertThat(user(EMAIL, USERNAME).email()).isEqualTo(EMAIL);
    }

    @Test
    void a_user_whom_nobody_could_find_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> user(null, null)).withMessageContaining("e-mail address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> user(NOTHING, USERNAME))
                .withMessageContaining("could be found");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> user(EMAIL, NOTHING))
                .withMessageContaining("could be found");
    }

    @Test
    void a_stored_user_has_both_names() {
        User stored = user(EMAIL, USERNAME).withId(new UserId(5));
        assertThat(stored.email()).isEqualTo(EMAIL);
        assertThat(stored.username()).isEqualTo(USERNAME);
    }

    private static NewUser user(@Nullable Identifier email, @Nullable Identifier username) {
        return new NewUser(new UUID(1, 1), email, username, UserStatus.ACTIVE, JsonObject.EMPTY, null, Instant.EPOCH);
    }
}
