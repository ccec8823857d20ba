package dev.countersign.testkit.contract;

import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Users to store in contracts, each with a unique UUID. */
final class SampleUsers {

    static final Instant CREATED = Instant.parse("2024-02-29T12:34:56.123456Z");
    static final Instant LATER = Instant.parse("2024-03-01T00:00:00.000001Z");
    static final PasswordHash HASH = PasswordHash.of("$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW");
    static final PasswordHash OTHER_HASH =
            PasswordHash.of("$2b$12$9xPZkz4tV8kPyy9SP3GxIu2f8Gr1XnFzJrj8q0bqXc3cMKUQx3S3e");

    private static final AtomicLong UUIDS = new AtomicLong();

    private SampleUsers() {}

    /** A UUID that is unique in this run. */
    static UUID newUuid() {
        return new UUID(0x4000L, Long.MIN_VALUE | UUIDS.incrementAndGet());
    }

    static Identifier email(String text) {
        return Identifier.email(text).orElseThrow();
    }

    /** An address of 320 code points, made of one letter where possible. */
    static String longestEmail(String letter) {
        return letter.repeat(173) + "@" + (letter.repeat(20) + ".").repeat(6) + letter.repeat(20);
    }

    static Identifier username(String text) {
        return Identifier.username(text).orElseThrow();
    }

    static NewUser named(@Nullable String email, @Nullable String username) {
        return of(
                email == null ? null : email(email),
                username == null ? null : username(username),
                JsonObject.EMPTY,
                CREATED);
    }

    static NewUser of(
            @Nullable Identifier email, @Nullable Identifier username, JsonObject attributes, Instant createdAt) {
        return new NewUser(newUuid(), email, username, UserStatus.ACTIVE, attributes, HASH, createdAt);
    }

    static User changed(User user, @Nullable Identifier email, @Nullable Identifier username) {
        return changed(user, email, username, user.status(), user.attributes());
    }

    static User changed(User user, UserStatus status) {
        return changed(user, user.email(), user.username(), status, user.attributes());
    }

    static User changed(User user, JsonObject attributes) {
        return changed(user, user.email(), user.username(), user.status(), attributes);
    }

    private static User changed(
            User user,
            @Nullable Identifier email,
            @Nullable Identifier username,
            UserStatus status,
            JsonObject attributes) {
        return user.toBuilder()
                .email(email)
                .username(username)
                .status(status)
                .attributes(attributes)
                .updatedAt(LATER)
                .build();
    }
}
