package dev.countersign.user;

import dev.countersign.password.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * A user as the store has it.
 *
 * @param user the user
 * @param hash the password's stored form; null if the user has no password
 */
public record StoredUser(User user, @Nullable PasswordHash hash) {}
