package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.session.SessionId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Details of logins and sessions. */
public sealed interface LoginDetail extends EventDetail {

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> with(String name, Optional<SessionId> session) {
        return session.<Map<String, String>>map(id -> ImmutableMap.of(name, id.toString()))
                .orElse(ImmutableMap.of());
    }

    /**
     * A user logged in.
     *
     * @param session the new session; empty if none is stored
     */
    record LoginSucceeded(Optional<SessionId> session) implements LoginDetail {

        /** Rejects null. */
        public LoginSucceeded {
            requireNonNull(session, "session");
        }

        @Override
        public EventKind kind() {
            return EventKind.LOGIN_SUCCEEDED;
        }

        @Override
        public Map<String, String> fields() {
            return with("session", session);
        }
    }

    /**
     * A login was refused.
     *
     * @param reason the reason, more precise than what the client learns
     */
    record LoginRefused(Reason reason) implements LoginDetail {

        /** Why a login is refused. */
        public enum Reason {
            /** Nobody has the identifier. */
            UNKNOWN_USER,
            /** The password is wrong. */
            WRONG_PASSWORD,
            /** The user has no password. */
            NO_PASSWORD,
            /** The password is right and the user disabled. */
            DISABLED,
            /** The password was right, and meanwhile the user was changed, disabled or deleted. */
            CHANGED_MEANWHILE,
            /** Too many failed logins of this user. */
            TOO_MANY_FOR_USER,
            /** Too many failed logins from this network address. */
            TOO_MANY_FROM_ADDRESS,
            /** Too many logins of this user or from this address at the same time. */
            TOO_MANY_AT_ONCE,
            /** The server had no capacity for the login. */
            OVERLOADED
        }

        /** Rejects null. */
        public LoginRefused {
            requireNonNull(reason, "reason");
        }

        @Override
        public EventKind kind() {
            return EventKind.LOGIN_REFUSED;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of("reason", label(reason));
        }
    }

    /**
     * A session was ended before its time.
     *
     * @param session the session; empty for several at once, or for a token without a session
     * @param cause why
     */
    record SessionsEnded(Optional<SessionId> session, Cause cause) implements LoginDetail {

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
            requireNonNull(session, "session");
            requireNonNull(cause, "cause");
        }

        @Override
        public EventKind kind() {
            return EventKind.SESSIONS_ENDED;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.<String, String>builder()
                    .put("cause", label(cause))
                    .putAll(with("session", session))
                    .buildOrThrow();
        }
    }

    /**
     * A refresh token was presented again after it had been spent, so it has probably been stolen. The session was ended.
     *
     * @param session the session
     */
    record RefreshTokenReused(SessionId session) implements LoginDetail {

        /** Rejects null. */
        public RefreshTokenReused {
            requireNonNull(session, "session");
        }

        @Override
        public EventKind kind() {
            return EventKind.REFRESH_TOKEN_REUSED;
        }

        @Override
        public Map<String, String> fields() {
            return with("session", Optional.of(session));
        }
    }

    /** The hash of an unchanged password was replaced by one with the current algorithm and cost. */
    record HashReplaced() implements LoginDetail {

        @Override
        public EventKind kind() {
            return EventKind.HASH_REPLACED;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of();
        }
    }
}
