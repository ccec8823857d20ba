package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.Origin;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that a store either refuses a value or reads back exactly the same; part of {@link UserStoreContract}. */
abstract class UserStoreRefusals extends UserStoreDurability {

    private static final List<Instant> TIMES = List.of(
            Instant.MIN,
            Instant.MAX,
            Instant.parse("-290308-12-21T19:59:05.224191Z"),
            Instant.parse("+294247-01-10T04:00:54.775808Z"),
            Instant.parse("+294276-12-31T23:59:59Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.parse("-0001-01-01T00:00:00Z"),
            Instant.parse("-4800-01-01T00:00:00Z"));

    private static List<JsonObject> attributes() {
        Json deep = new JsonString("deep");
        for (int i = 0; i < 100; i++) {
            deep = JsonArray.of(List.of(deep));
        }
        return List.of(
                JsonObject.EMPTY.with("a", JsonNull.NULL),
                JsonObject.EMPTY.with("o", JsonObject.EMPTY.with("a", JsonNull.NULL)),
                JsonObject.EMPTY.with("a", deep),
                JsonObject.EMPTY.with("b", deep),
                JsonObject.EMPTY.with("\ud83d", JsonNull.NULL),
                JsonObject.EMPTY.with("b", JsonObject.EMPTY.with("\ude00", JsonNull.NULL)),
                JsonObject.EMPTY.with("a", new JsonString("half \ud83d")),
                JsonObject.EMPTY.with("a", new JsonString("nothing \0 at all")),
                JsonObject.EMPTY.with("z", new JsonString("\0")),
                JsonObject.EMPTY.with("z", new JsonNumber(new BigDecimal("3.14159265358979323846"))),
                JsonObject.EMPTY.with("z", new JsonNumber(new BigDecimal("123456789012345678901234567890"))),
                JsonObject.EMPTY.with("z", new JsonNumber(new BigDecimal("1e2000"))),
                JsonObject.EMPTY.with("b", new JsonNumber(new BigDecimal("1e-2000"))),
                JsonObject.EMPTY.with("b", new JsonNumber(new BigDecimal("9".repeat(200)))));
    }

    @Test
    void attributes_are_kept_or_refused() {
        for (JsonObject attributes : attributes()) {
            StoreResult result = unlessRefused(
                    () -> store().insert(SampleUsers.of(email("han@example.com"), null, attributes, CREATED)));
            assertKept(result, User::attributes, attributes);
            assertUpdateKept(user -> user.toBuilder().attributes(attributes).build(), User::attributes, attributes);
        }
    }

    @Test
    void identifiers_that_nobody_could_find_are_kept_or_refused() {
        for (String text : List.of("", " ", "a\0b", "half \ud83d", "\ude00\ud83d", "x".repeat(321))) {
            Identifier odd = Identifier.typed(text);
            StoreResult result = unlessRefused(() -> store().insert(new NewUser(
                    SampleUsers.newUuid(), odd, null, UserStatus.ACTIVE, JsonObject.EMPTY, HASH, CREATED)));
            assertKept(result, user -> String.valueOf(user.email()), odd.text());
            assertUpdateKept(
                    user -> user.toBuilder().username(odd).build(),
                    user -> String.valueOf(user.username()),
                    odd.text());
        }
    }

    @Test
    void times_are_kept_or_refused() {
        for (Instant time : TIMES) {
            StoreResult result = unlessRefused(
                    () -> store().insert(SampleUsers.of(email("han@example.com"), null, JsonObject.EMPTY, time)));
            assertKept(result, User::createdAt, time);
            assertUpdateKept(user -> user.toBuilder().updatedAt(time).build(), User::updatedAt, time);
            User user = stored(named("han@example.com", null));
            User login = unlessRefused(() -> store().recordLogin(new Login(user.id(), null, time, CREATED))
                    .orElseThrow());
            assertThat(read(user.id()).lastLoginAt()).isEqualTo(login == null ? null : time);
            store().delete(user.id());
        }
    }

    @Test
    void hashes_and_names_of_systems_are_kept_or_refused() {
        for (String odd : List.of("\0", "$2b$\0$", "half \ud83d")) {
            User user = stored(named("han@example.com", null));
            Boolean replaced = unlessRefused(() -> store().rehash(user.id(), HASH, PasswordHash.of(odd)));
            assertThat(store().find(new UserKey.ById(user.id())).map(StoredUser::hash))
                    .contains(Boolean.TRUE.equals(replaced) ? PasswordHash.of(odd) : HASH);
            store().delete(user.id());
            unlessRefused(() -> {
                User before = stored(named("han@example.com", null));
                Origin origin = new Origin(CREATED, CREATED, CREATED, odd, Set.of());
                return store().update(before.toBuilder().origin(origin).build(), null);
            });
            assertThat(store().page(null, 10)).hasSizeLessThan(2);
            store().page(null, 10).forEach(kept -> store().delete(kept.id()));
        }
    }

    private void assertUpdateKept(
            UnaryOperator<User> change, Function<User, ? extends @Nullable Object> part, Object value) {
        User user = stored(named("han@example.com", null));
        User based = user.toBuilder().updatedAt(LATER).build();
        StoreResult result = unlessRefused(() -> store().update(change.apply(based), null));
        if (result == null) {
            assertThat(read(user.id())).isEqualTo(user);
            store().delete(user.id());
        } else {
            assertKept(result, part, value);
        }
    }

    /** Checks that the store returns exactly the stored user and no other, then empties the store. */
    private void assertKept(
            @Nullable StoreResult result, Function<User, ? extends @Nullable Object> part, Object value) {
        if (result != null) {
            User user = stored(result);
            assertThat(read(user.id())).isEqualTo(user);
            assertThat(part.apply(user)).isEqualTo(value);
            assertThat(reopened().page(null, 10)).containsExactly(user);
            store().delete(user.id());
        }
        assertThat(store().page(null, 10)).isEmpty();
    }

    /** {@return the stored result; null if the store refused the value with an IllegalArgumentException, the only valid refusal} */
    private static <T> @Nullable T unlessRefused(Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return null;
        }
    }
}
