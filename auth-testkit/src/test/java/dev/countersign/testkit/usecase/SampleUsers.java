package dev.countersign.testkit.usecase;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.UserStatus;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users with names, the same in every test. */
final class SampleUsers {

    /** What {@link #han} types. */
    static final String PASSWORD = "never tell me the odds";

    private SampleUsers() {}

    /**
     * Han Solo, han@example.com.
     *
     * @param hash of {@link #PASSWORD}, as the hasher at hand makes it; null for a user without a password
     * @return the user, active, created at {@link MutableClock#START}
     */
    static NewUser han(@Nullable PasswordHash hash) {
        return named("han", "Han", hash);
    }

    /**
     * Leia Organa, leia@example.com.
     *
     * @param hash of a password; null for a user without one
     * @return the user, active, created at {@link MutableClock#START}
     */
    static NewUser leia(@Nullable PasswordHash hash) {
        return named("leia", "Leia", hash);
    }

    private static NewUser named(String username, String first, @Nullable PasswordHash hash) {
        return new NewUser(
                UUID.nameUUIDFromBytes(username.getBytes(StandardCharsets.UTF_8)),
                Identifier.email(username + "@example.com").orElseThrow(),
                Identifier.username(username).orElseThrow(),
                UserStatus.ACTIVE,
                JsonObject.EMPTY.with("first-name", new JsonString(first)),
                hash,
                MutableClock.START);
    }
}
