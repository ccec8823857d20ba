package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserKeyTest {

    private static final User HAN = User.builder(new UserId(1), new UUID(1, 1), Instant.EPOCH)
            .email(Identifier.typed("han@example.com"))
            .username(Identifier.typed("han"))
            .build();
    private static final User LEIA = User.builder(new UserId(2), new UUID(2, 2), Instant.EPOCH)
            .email(Identifier.typed("leia@example.com"))
            .username(Identifier.typed("leia"))
            .build();

    @Test
    void a_key_is_of_its_user_and_of_nobody_else() {
        assertIsOfHan(new UserKey.ById(new UserId(1)));
        assertIsOfHan(new UserKey.ByUuid(new UUID(1, 1)));
        assertIsOfHan(new UserKey.ByEmail(Identifier.typed("Han@Example.com")));
        assertIsOfHan(new UserKey.ByUsername(Identifier.typed("HAN")));
    }

    @Test
    void a_user_without_a_name_is_not_found_by_one() {
        User nameless = User.builder(new UserId(3), new UUID(3, 3), Instant.EPOCH)
                .username(Identifier.typed("chewie"))
                .build();
        assertThat(new UserKey.ByEmail(Identifier.typed("chewie")).isOf(nameless))
                .isFalse();
    }

    private static void assertIsOfHan(UserKey key) {
        assertThat(key.isOf(HAN)).isTrue();
        assertThat(key.isOf(LEIA)).isFalse();
    }
}
