package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * An issued token, with its id and times.
 *
 * @param token the token
 * @param id the token's id, a UUID
 * @param issuedAt the time of issue, to the second
 * @param expiresAt the first instant at which it is no longer valid
 */
public record IssuedToken(AccessToken token, String id, Instant issuedAt, Instant expiresAt) {

    /** Rejects null components. */
    public IssuedToken {
        requireNonNull(token, "token");
        requireNonNull(id, "id");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
    }

    /** {@return the text of the token, to be sent to the client only} */
    public String accessToken() {
        return token.revealCompact();
    }

    /** {@return how long the token is valid from its issue} */
    public Duration lifetime() {
        return Duration.between(issuedAt, expiresAt);
    }
}
