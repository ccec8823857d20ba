package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import dev.countersign.usecase.Sessions;
import java.time.Duration;

/**
 * The configuration of sessions.
 *
 * @param revocationDelay the longest time after which a session that was ended anywhere is refused everywhere
 * @param whenSilent what to do with tokens while the database has been silent for longer
 */
public record SessionConfig(Duration revocationDelay, Sessions.WhenSilent whenSilent) {

    /** Rejects null components. */
    public SessionConfig {
        requireNonNull(revocationDelay, "revocationDelay");
        requireNonNull(whenSilent, "whenSilent");
    }
}
