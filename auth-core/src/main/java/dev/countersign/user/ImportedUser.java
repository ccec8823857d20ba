package dev.countersign.user;

import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user taken over from elsewhere. What is null was not said: a new user gets what the description says, an existing one keeps what it has.
 *
 * @param id the internal number to keep; null for the next one. An existing user keeps its own
 * @param uuid the UUID, by which a row is known again. An existing user keeps its own
 * @param email the e-mail address; null if there is a username only
 * @param username the username; null if there is an e-mail address only
 * @param status whether the user may log in; null for active
 * @param attributes the free attributes; null for none
 * @param hash the password's stored form; null for none
 * @param createdAt when, in microseconds at most; null for now
 * @param updatedAt the last change; null for none
 * @param lastLoginAt the latest login; null for none
 * @param previousLoginAt the login before it; null for none
 * @param passwordChangedAt the last change of the password; null for none
 */
public record ImportedUser(
        @Nullable UserId id,
        UUID uuid,
        @Nullable Identifier email,
        @Nullable Identifier username,
        @Nullable UserStatus status,
        @Nullable JsonObject attributes,
        @Nullable PasswordHash hash,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant lastLoginAt,
        @Nullable Instant previousLoginAt,
        @Nullable Instant passwordChangedAt) {

    /** Refuses a user whom nothing names. */
    public ImportedUser {
        if (email == null && username == null) {
            throw new IllegalArgumentException("a user has an e-mail address, a username or both");
        }
    }

    /**
     * Says who is meant, and nothing else.
     *
     * @param id the internal number to keep; null for the next one
     * @param uuid the UUID, by which a row is known again
     * @param email the e-mail address; null if there is a username only
     * @param username the username; null if there is an e-mail address only
     * @return a user of whom the rest was not said
     * @throws IllegalArgumentException if nothing names the user
     */
    public static ImportedUser named(
            @Nullable UserId id, UUID uuid, @Nullable Identifier email, @Nullable Identifier username) {
        return new ImportedUser(id, uuid, email, username, null, null, null, null, null, null, null, null);
    }

    /**
     * The same with another password.
     *
     * @param other the password's stored form; null for none
     * @return a copy
     */
    public ImportedUser withHash(@Nullable PasswordHash other) {
        return new ImportedUser(
                id,
                uuid,
                email,
                username,
                status,
                attributes,
                other,
                createdAt,
                updatedAt,
                lastLoginAt,
                previousLoginAt,
                passwordChangedAt);
    }
}
