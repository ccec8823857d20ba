package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A login to be recorded.
 *
 * @param id the user's number
 * @param passwordChangedAt the user's {@link User#passwordChangedAt()} when the password was verified; if the stored one differs, the password was
 *     changed
 * @param at the time of the login, in microseconds at most
 * @param tokenIssuedAt the time of issue of the login's token, in whole seconds
 */
public record Login(UserId id, @Nullable Instant passwordChangedAt, Instant at, Instant tokenIssuedAt) {

    /** Rejects null components. */
    public Login {
        requireNonNull(id, "id");
        requireNonNull(at, "at");
        requireNonNull(tokenIssuedAt, "tokenIssuedAt");
    }

    /**
     * A login whose token has the same second as time of issue.
     *
     * @param user the user when the password was verified
     * @param at the time of the login, in microseconds at most
     * @return the login
     */
    public static Login of(User user, Instant at) {
        requireNonNull(at, "at");

        return new Login(user.id(), user.passwordChangedAt(), at, at.truncatedTo(ChronoUnit.SECONDS));
    }
}
