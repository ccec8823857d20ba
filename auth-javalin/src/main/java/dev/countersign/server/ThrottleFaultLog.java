package dev.countersign.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that failed logins could not be counted in the database: the first failure at once, then at most one line per minute. Thread-safe. */
final class ThrottleFaultLog implements Consumer<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(ThrottleFaultLog.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private long times;
    private Instant next = Instant.MIN;

    ThrottleFaultLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void accept(RuntimeException cause) {
        times++;
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        LOG.warn(
                "failed logins are counted in memory because the database failed {} times so far; the last reason: {}",
                times,
                cause.getMessage());
    }
}
