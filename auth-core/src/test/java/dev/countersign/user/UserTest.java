package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UserTest {

    private static final Instant CREATED = Instant.parse("2024-02-29T12:00:00Z");
    private static final UUID UUID_1 = new UUID(1, 1);
    private static final User HAN = User.builder(new UserId(1), UUID_1, CREATED)
            .email(Identifier.typed("han@example.com"))
            .username(Identifier.typed("han"))
            .status(UserStatus.DISABLED)
            .attributes(JsonObject.EMPTY.with("ship", new JsonString("Falcon")))
            .updatedAt(CREATED.plusSeconds(1))
            .lastLoginAt(CREATED.plusSeconds(2))
            .previousLoginAt(CREATED.plusSeconds(3))
            .passwordChangedAt(CREATED.plusSeconds(4))
            .origin(new Origin(CREATED, CREATED, CREATED, "old", Set.of(Kept.EMAIL)))
            .version(7)
            .build();

    /** A change of each part that a builder sets: a new part without a line here is noticed. */
    private static final Map<String, UnaryOperator<User.Builder>> CHANGES = Map.ofEntries(
            Map.entry("email", user -> user.email(null)),
            Map.entry("username", user -> user.username(null)),
            Map.entry("status", user -> user.status(UserStatus.ACTIVE)),
            Map.entry("attributes", user -> user.attributes(JsonObject.EMPTY)),
            Map.entry("createdAt", user -> user.createdAt(CREATED.minusSeconds(1))),
            Map.entry("updatedAt", user -> user.updatedAt(null)),
            Map.entry("lastLoginAt", user -> user.lastLoginAt(null)),
            Map.entry("previousLoginAt", user -> user.previousLoginAt(null)),
            Map.entry("passwordChangedAt", user -> user.passwordChangedAt(null)),
            Map.entry("origin", user -> user.origin(Origin.here(CREATED))),
            Map.entry("version", user -> user.version(8)));

    @Test
    void a_copy_has_every_part() {
        User copy = HAN.toBuilder().build();
        assertThat(copy).isEqualTo(HAN).hasSameHashCodeAs(HAN).hasToString(HAN.toString());
        assertThat(steps()).isEqualTo(CHANGES.keySet());
    }

    @Test
    void users_that_differ_in_one_part_are_not_equal() {
        assertThat(CHANGES)
                .allSatisfy((part, change) -> assertThat(
                                change.apply(HAN.toBuilder()).build())
                        .as(part)
                        .isNotEqualTo(HAN));
        User other =
                User.builder(new UserId(2), UUID_1, CREATED).email(HAN.email()).build();
        assertThat(other)
                .isNotEqualTo(User.builder(new UserId(1), UUID_1, CREATED)
                        .email(HAN.email())
                        .build());
    }

    @Test
    void a_store_that_knows_nothing_of_a_part_builds_a_user_without_it() {
        User plain =
                User.builder(new UserId(1), UUID_1, CREATED).email(HAN.email()).build();
        assertThat(plain.version()).isEqualTo(1);
        assertThat(plain.status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(plain.origin()).isEqualTo(Origin.here(CREATED));
    }

    @Test
    void a_new_user_with_a_number_is_the_stored_one() {
        NewUser given = new NewUser(
                UUID_1, HAN.email(), null, UserStatus.DISABLED, HAN.attributes(), PasswordHash.of("$2b$12$x"), CREATED);
        assertThat(given.withId(new UserId(5)))
                .isEqualTo(User.builder(new UserId(5), UUID_1, CREATED)
                        .email(HAN.email())
                        .status(UserStatus.DISABLED)
                        .attributes(HAN.attributes())
                        .build());
    }

    @Test
    void a_user_without_any_name_is_not_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> User.builder(new UserId(1), UUID_1, CREATED).build())
                .withMessageContaining("e-mail address");
    }

    private static Set<String> steps() {
        return Arrays.stream(User.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 1)
                .map(Method::getName)
                .filter(name -> !name.equals("setAll"))
                .collect(Collectors.toSet());
    }
}
