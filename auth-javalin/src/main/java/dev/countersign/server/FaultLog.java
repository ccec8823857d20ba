package dev.countersign.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures of the store that stop no login: the first one at once, then at most one line per minute. Thread-safe. */
final class FaultLog implements Consumer<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final String what;
    private long times;
    private Instant next = Instant.MIN;

    private FaultLog(InstantSource clock, String what) {
        this.clock = clock;
        this.what = what;
    }

    /** For times of logins that could not be stored. */
    static FaultLog ofLoginTimes(InstantSource clock) {
        return new FaultLog(clock, "the time of a login could not be stored");
    }

    /** For failed logins that could not be counted in the database. */
    static FaultLog ofThrottle(InstantSource clock) {
        return new FaultLog(clock, "failed logins are counted in memory because the database failed");
    }

    @Override
    public synchronized void accept(RuntimeException cause) {
        times++;
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        LOG.warn("{}, {} times so far; the last reason: {}", what, times, cause.getMessage());
    }
}
