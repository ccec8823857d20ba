package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * A user as the store keeps it, with the hash.
 *
 * @param user the user
 * @param hash the password's stored form; null if the user has no password
 */
public record StoredUser(User user, @Nullable PasswordHash hash) {

    /** Rejects null. */
    public StoredUser {
        requireNonNull(user, "user");
    }
}
