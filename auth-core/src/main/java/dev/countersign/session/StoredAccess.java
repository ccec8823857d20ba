package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An access token as stored.
 *
 * @param session the session it belongs to; of several sessions with this token, an ended one
 * @param issuedAt the time of issue
 * @param expiresAt the first instant at which it is no longer valid
 * @param ended whether the token itself was ended, or a session that it belongs to
 */
public record StoredAccess(Session session, Instant issuedAt, Instant expiresAt, boolean ended) {

    /** Rejects null components. */
    public StoredAccess {
        requireNonNull(session, "session");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
