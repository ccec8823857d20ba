package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import dev.countersign.token.IssuedToken;
import dev.countersign.token.RefreshToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The tokens that a login or a refresh gives to a client.
 *
 * @param access the access token
 * @param refresh the refresh token; empty if the dialect has none
 * @param session the session that they belong to; empty if sessions are not stored
 */
public record IssuedTokens(IssuedToken access, Optional<Refresh> refresh, Optional<SessionId> session) {

    /** Rejects null components. */
    public IssuedTokens {
        requireNonNull(access, "access");
        requireNonNull(refresh, "refresh");
        requireNonNull(session, "session");
    }

    /**
     * An access token that belongs to no stored session.
     *
     * @param access the token
     * @return the token alone
     */
    public static IssuedTokens alone(IssuedToken access) {
        return new IssuedTokens(access, Optional.empty(), Optional.empty());
    }

    /** {@return the text of the access token, to be sent to the client only} */
    public String accessToken() {
        return access.accessToken();
    }

    /** {@return the text of the refresh token, to be sent to the client only; empty if there is none} */
    public Optional<String> refreshToken() {
        return refresh.map(one -> one.token().revealText());
    }

    /**
     * An issued refresh token.
     *
     * @param token the token
     * @param issuedAt the time of issue
     * @param expiresAt the first instant at which it is no longer valid
     */
    public record Refresh(RefreshToken token, Instant issuedAt, Instant expiresAt) {

        /** Rejects null components. */
        public Refresh {
            requireNonNull(token, "token");
            requireNonNull(issuedAt, "issuedAt");
            requireNonNull(expiresAt, "expiresAt");
        }

        /** {@return how long it is valid from its issue} */
        public Duration lifetime() {
            return Duration.between(issuedAt, expiresAt);
        }
    }
}
