package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import dev.countersign.session.SessionId;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Optional;

/** Something that an operator wants to know about. Holds no token, password or key. */
public sealed interface SecurityEvent {

    /** {@return when it happened} */
    Instant at();

    /** {@return the user's number} */
    UserId user();

    /**
     * A session was ended before its time.
     *
     * @param at when
     * @param user the user's number
     * @param session the session; empty for several at once, or for a token without a session
     * @param cause why
     */
    record SessionsEnded(Instant at, UserId user, Optional<SessionId> session, Cause cause) implements SecurityEvent {

        /** Why sessions ended. */
        public enum Cause {
            /** The user logged out of this session. */
            LOGOUT,
            /** The user ended sessions from another one: one of them, all others, or all. */
            ENDED_BY_USER,
            /** The password was changed. */
            PASSWORD_CHANGE,
            /** The user was disabled. */
            DISABLED,
            /** An operator ended it. */
            OPERATOR
        }

        /** Rejects null components. */
        public SessionsEnded {
            requireNonNull(at, "at");
            requireNonNull(user, "user");
            requireNonNull(session, "session");
            requireNonNull(cause, "cause");
        }
    }

    /**
     * A refresh token was presented again after it had been spent, so it has probably been stolen. The session was ended.
     *
     * @param at when
     * @param user the user's number
     * @param session the session
     */
    record RefreshTokenReused(Instant at, UserId user, SessionId session) implements SecurityEvent {

        /** Rejects null components. */
        public RefreshTokenReused {
            requireNonNull(at, "at");
            requireNonNull(user, "user");
            requireNonNull(session, "session");
        }
    }
}
