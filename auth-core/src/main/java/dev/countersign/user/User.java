package dev.countersign.user;

import dev.countersign.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user without any credential. Times have microseconds.
 *
 * @param id the internal number
 * @param uuid the number's counterpart for systems that name users by UUID
 * @param email the e-mail address; null if the user has a username only
 * @param username the username; null if the user has an e-mail address only
 * @param status whether the user may log in
 * @param attributes the free attributes, nested and typed
 * @param createdAt when the user was stored
 * @param updatedAt when identifiers, attributes or the password last changed; null if never
 * @param lastLoginAt the latest login; null if there was none
 * @param previousLoginAt the login before the latest; null if there was none
 * @param passwordChangedAt when the password was last replaced by another; null if never
 * @param version grows with every change; what a change was based on
 */
public record User(
        UserId id,
        UUID uuid,
        @Nullable Identifier email,
        @Nullable Identifier username,
        UserStatus status,
        JsonObject attributes,
        Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant lastLoginAt,
        @Nullable Instant previousLoginAt,
        @Nullable Instant passwordChangedAt,
        long version) {

    /** Refuses a user whom nothing names. */
    public User {
        if (email == null && username == null) {
            throw new IllegalArgumentException("a user has an e-mail address, a username or both");
        }
    }
}
