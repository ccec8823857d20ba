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
 * Keeps users. Every method is atomic and durable when it returns. E-mail addresses are unique among e-mail addresses and usernames among
 * usernames, both by {@link Identifier#folded()}, and UUIDs are unique. Thread-safe; the core also calls it on threads of its own.
 *
 * <p>Every method may throw {@link dev.countersign.AuthFault} or another {@link RuntimeException} if the store fails, never for a refusal; its message quotes
 * no stored value. {@code UserStoreContract} in the testkit specifies the behaviour.
 */
public interface UserStore {

    /** The most users of one page. */
    int LARGEST_PAGE = 1000;

    /** Something that a store may be unable to tell, because what it keeps users in has no place for it. */
    enum Gap {
        /** When a password was changed, so that no token can be ended by it. */
        PASSWORD_CHANGES,
        /** When tokens were issued, so that a token without the credential cannot be ordered against a password change of the same moment. */
        TOKEN_TIMES,
        /** Since when a user has its e-mail address and username, so that a token that names its user by one of them may be another user's. */
        IDENTIFIER_TIMES
    }

    /** {@return what this store cannot tell; a configuration that needs it does not start} */
    default Set<Gap> gaps() {
        return Set.of();
    }

    /**
     * Looks a user up with exactly one read.
     *
     * @param key what to look up by
     * @return the user, or empty when there is none
     */
    Optional<StoredUser> find(UserKey key);

    /**
     * Stores a new user. Its creation counts as a login for {@link #recordLogin}: a token may be dated to it.
     *
     * @param user the user
     * @return {@link StoreResult.Stored} with the number given, or {@link StoreResult.Taken} and nothing is stored
     */
    StoreResult insert(NewUser user);

    /**
     * Replaces identifiers, status, attributes and origin, and the password if a hash is given, of a user that was not changed meanwhile.
     *
     * <p>A new password gets a {@link User#passwordChangedAt} that orders it: the one that is given or, if that is later, a microsecond after the latest
     * {@link Login#tokenIssuedAt} recorded for the user and after the first whole second that is not before the last change.
     *
     * @param changed the user as it shall be; its {@link User#version()} is the one the change is based on, and its times are stored as
     *     they are, except for the logins, which only {@link #recordLogin} writes
     * @param hash the new hash; null leaves the stored one alone
     * @return {@link StoreResult.Stored} with the version after the change, {@link StoreResult.Taken}, or {@link StoreResult.Stale}
     */
    StoreResult update(User changed, @Nullable PasswordHash hash);

    /**
     * Replaces an outdated hash by one of the same password, if it was not replaced meanwhile. Not a password change.
     *
     * @param id the user's number
     * @param expected the hash that was verified
     * @param replacement the new one
     * @return whether it was replaced
     */
    boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement);

    /**
     * Records a login and the time of issue of its token: the last login becomes the previous one. Does not change the version. The latest time of issue
     * is kept.
     *
     * @param login the login
     * @return the user after it, or empty when the user is gone, may no longer log in, or has another {@link User#passwordChangedAt} than the login says
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
     * Tells whether the store can find a user by an identifier again, and refuses other users with an equal one. A new identifier that it
     * cannot keep is refused as malformed.
     *
     * @param key the identifier
     * @return true unless the store compares by rules of its own, such as those of an application's table without a folded column
     */
    default boolean accepts(UserKey key) {
        requireNonNull(key, "key");

        return true;
    }
}
