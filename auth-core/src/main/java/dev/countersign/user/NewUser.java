package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user to be stored; the store gives it its number.
 *
 * @param uuid the UUID
 * @param email the e-mail address; null if there is a username only
 * @param username the username; null if there is an e-mail address only
 * @param status whether the user may log in
 * @param attributes the free attributes
 * @param hash the password's stored form; null for a user who cannot log in with a password
 * @param createdAt when, in microseconds at most
 * @param properties what else is known, without the time of creation
 */
public record NewUser(
        UUID uuid,
        @Nullable Identifier email,
        @Nullable Identifier username,
        UserStatus status,
        JsonObject attributes,
        @Nullable PasswordHash hash,
        Instant createdAt,
        PropertyValues properties) {

    /** A user of whom nothing else is known. */
    public NewUser(
            UUID uuid,
            @Nullable Identifier email,
            @Nullable Identifier username,
            UserStatus status,
            JsonObject attributes,
            @Nullable PasswordHash hash,
            Instant createdAt) {
        this(uuid, email, username, status, attributes, hash, createdAt, PropertyValues.NONE);
    }

    /** Refuses what is missing, a user whom nothing names, and an identifier that could not be stored ({@link Identifier#folded()} is empty). */
    public NewUser {
        requireNonNull(uuid, "uuid");
        requireNonNull(status, "status");
        requireNonNull(attributes, "attributes");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(properties, "properties");
        if (email == null && username == null) {
            throw new IllegalArgumentException("a user has an e-mail address, a username or both");
        }
        if (!isFindable(email) || !isFindable(username)) {
            throw new IllegalArgumentException("no user could be found by this e-mail address or username");
        }
    }

    /**
     * The user that a store has after the insert. A store that builds it so keeps what a later release adds.
     *
     * @param id the number that the store gives
     * @return a user of version 1 with everything of this one but the hash
     */
    public User withId(UserId id) {
        requireNonNull(id, "id");

        return User.builder(id, uuid, createdAt)
                .email(email)
                .username(username)
                .status(status)
                .attributes(attributes)
                .setAll(properties)
                .build();
    }

    private static boolean isFindable(@Nullable Identifier identifier) {
        return identifier == null || !identifier.folded().isEmpty();
    }
}
