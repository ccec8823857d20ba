package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user to be stored; the store assigns the number.
 *
 * @param uuid the UUID
 * @param email the e-mail address; null if there is a username only
 * @param username the username; null if there is an e-mail address only
 * @param status whether the user may log in
 * @param attributes the free attributes
 * @param hash the password's stored form; null for a user who cannot log in with a password
 * @param createdAt the time of creation, in microseconds at most
 * @param properties other plain values, without the time of creation
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

    /** A user without other plain values. */
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

    /**
     * Rejects null components, a user without e-mail address and username, and an identifier that could not be stored ({@link Identifier#folded()} is
     * empty).
     */
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
     * Returns the user as stored. A store that calls this also stores fields that a later release adds.
     *
     * @param id the number that the store assigned
     * @return a user of version 1 with all values of this one except the hash
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
