package dev.countersign.port;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores users. Every method is atomic and durable when it returns. E-mail addresses are unique among e-mail addresses and usernames among usernames,
 * both by {@link Identifier#folded()}, and UUIDs are unique. Thread-safe; the core also calls it on threads of its own.
 *
 * <p>Every method may throw {@link dev.countersign.AuthFault} or another {@link RuntimeException} if the store fails, never for a refusal; its message quotes
 * no stored value. {@code UserStoreContract} in the testkit specifies the behaviour.
 */
public interface UserStore {

    /** The most users of one page. */
    int LARGEST_PAGE = 1000;

    /** A fact that a store may be unable to keep, because its table has no column for it. */
    enum Gap {
        /** When a password was changed; without it, a password change cannot end tokens. */
        PASSWORD_CHANGES,
        /** When tokens were issued; without it, a token without the credential cannot be ordered against a password change at the same moment. */
        TOKEN_TIMES,
        /** Since when a user has the e-mail address and username; without it, a token that identifies its user by one of them may belong to another user. */
        IDENTIFIER_TIMES,
        /** Changes that other programs make in the table; without a report of them, the user is read with each request. */
        UNFED_CHANGES
    }

    /** {@return the facts that this store cannot keep; a configuration that needs one does not start} */
    default Set<Gap> gaps() {
        return Set.of();
    }

    /**
     * Looks a user up with exactly one read.
     *
     * @param key the key
     * @return the user, or empty if there is none
     */
    Optional<StoredUser> find(UserKey key);

    /**
     * Stores a new user. The creation counts as a login for {@link #recordLogin}: a token may have the same time.
     *
     * @param user the user
     * @return {@link StoreResult.Stored} with the assigned number, or {@link StoreResult.Taken} and nothing is stored
     */
    StoreResult insert(NewUser user);

    /**
     * Replaces identifiers, status, attributes and origin of a user, and the password if a hash is given, unless the user was changed meanwhile.
     *
     * <p>A new password gets a {@link User#passwordChangedAt} that orders it after the tokens of the old password: the given time or, if that is later, a
     * microsecond after the latest {@link Login#tokenIssuedAt} recorded for the user and after the first whole second that is not before the last
     * change.
     *
     * @param changed the user after the change; its {@link User#version()} is the version that the change is based on, and its times are stored as
     *     they are, except for the login times, which only {@link #recordLogin} writes
     * @param hash the new hash; null leaves the stored one unchanged
     * @return {@link StoreResult.Stored} with the version after the change, {@link StoreResult.Taken}, or {@link StoreResult.Stale}
     */
    StoreResult update(User changed, @Nullable PasswordHash hash);

    /**
     * Replaces an outdated hash by one of the same password, unless it was replaced meanwhile. Not a password change.
     *
     * @param id the user's number
     * @param expected the hash that was verified
     * @param replacement the new hash
     * @return whether the hash was replaced
     */
    boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement);

    /**
     * Records a login and the time of issue of its token: the last login becomes the previous one. Does not change the version. The latest time of
     * issue is kept.
     *
     * @param login the login
     * @return the user after the login; empty if the user was deleted, may no longer log in, or has another {@link User#passwordChangedAt} than the
     *     login
     */
    Optional<User> recordLogin(Login login);

    /**
     * Removes a user.
     *
     * @param id the user's number
     * @return whether there was such a user
     */
    boolean delete(UserId id);

    /**
     * Lists users by number.
     *
     * @param after the last number of the page before; null for the first page
     * @param limit the most users to return, 1 to {@value #LARGEST_PAGE}
     * @return the page; shorter than the limit only at the end
     * @throws IllegalArgumentException if the limit is out of range
     */
    List<User> page(@Nullable UserId after, int limit);

    /**
     * Checks whether the store can find a user by an identifier again, and refuses other users with an equal one. A new identifier that the store
     * does not accept is refused as malformed.
     *
     * @param key the identifier
     * @return true, unless the store compares by its own rules, as for an application's table without a folded column
     */
    default boolean accepts(UserKey key) {
        requireNonNull(key, "key");

        return true;
    }
}
