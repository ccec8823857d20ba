package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A refresh token as stored.
 *
 * @param session the session it belongs to
 * @param expiresAt the first instant at which it is no longer valid
 * @param spent how it was used; empty while it was not
 */
public record StoredRefresh(Session session, Instant expiresAt, Optional<Spent> spent) {

    /** Rejects null components. */
    public StoredRefresh {
        requireNonNull(session, "session");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(spent, "spent");
    }

    /**
     * The use of a refresh token.
     *
     * @param at when it was used
     * @param seed a random text that, together with the token itself, gives its successor; alone it gives nothing
     */
    public record Spent(Instant at, String seed) {

        /** Rejects null components. */
        public Spent {
            requireNonNull(at, "at");
            requireNonNull(seed, "seed");
        }
    }
}
