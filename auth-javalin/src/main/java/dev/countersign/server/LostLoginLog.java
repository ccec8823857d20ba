package dev.countersign.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that the time of a login could not be stored: the first failure at once, then at most one line per minute. Thread-safe. */
final class LostLoginLog implements Consumer<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(LostLoginLog.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private long lost;
    private Instant next = Instant.MIN;

    LostLoginLog(InstantSource clock) {
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
        LOG.warn("the times of {} logins could not be stored so far; the last reason: {}", lost, cause.getMessage());
    }
}
