package dev.countersign.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that logins could not be noted: the first at once, then at most a line a minute. Thread-safe. */
final class LostLoginNotes implements Consumer<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(LostLoginNotes.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private long lost;
    private Instant next = Instant.MIN;

    LostLoginNotes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void accept(RuntimeException cause) {
        lost++;
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        LOG.warn(
                "the time of {} logins so far could not be noted, the last one because of: {}",
                lost,
                cause.getMessage());
    }
}
