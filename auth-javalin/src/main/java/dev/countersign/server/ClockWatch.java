package dev.countersign.server;

import dev.countersign.AuthFault;
import dev.countersign.server.management.HealthCheck;
import dev.countersign.token.TokenProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares this machine's clock with the database's at the start and every minute, and warns when they differ by more than {@link TokenProfile#LEEWAY}. */
final class ClockWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final long MINUTE = 1;

    private final Supplier<Optional<Instant>> database;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread watch = new Thread(work, "clock-watch");
        watch.setDaemon(true);
        return watch;
    });
    private volatile boolean differs;
    private volatile @Nullable Duration ahead;

    private ClockWatch(Supplier<Optional<Instant>> database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Compares once, then every minute if the database has its own clock. */
    static ClockWatch start(Supplier<Optional<Instant>> database, InstantSource clock) {
        ClockWatch watch = new ClockWatch(database, clock);
        if (watch.compare()) {
            ScheduledFuture<?> unused =
                    watch.thread.scheduleWithFixedDelay(watch::compare, MINUTE, MINUTE, TimeUnit.MINUTES);
        }
        return watch;
    }

    /** Compares once; false if the database has no clock of its own. */
    boolean compare() {
        try {
            Instant before = clock.instant();
            Optional<Instant> there = database.get();
            if (there.isEmpty()) {
                return false;
            }
            // Assume that the database read its clock halfway; a slow answer widens the tolerance.
            Duration asking = Duration.between(before, clock.instant());
            Duration ahead = Duration.between(there.get(), before.plus(asking.dividedBy(2)));
            note(ahead, ahead.abs().minus(asking.dividedBy(2)).compareTo(TokenProfile.LEEWAY) > 0);
        } catch (AuthFault unreachable) {
            LOG.debug("the database's clock cannot be read", unreachable);
        }
        return true;
    }

    /** How this machine's clock compares with the database's. */
    HealthCheck.Finding health() {
        Duration known = ahead;
        if (known == null) {
            return HealthCheck.Finding.up("the database has no clock of its own");
        }
        String difference = "this machine's clock is " + known.abs().toMillis() + " ms "
                + (known.isNegative() ? "behind" : "ahead of") + " the database's";
        return differs ? HealthCheck.Finding.down(difference) : HealthCheck.Finding.up(difference);
    }

    private void note(Duration ahead, boolean isTooMuch) {
        this.ahead = ahead;
        if (isTooMuch && !differs) {
            LOG.warn(
                    "this machine's clock is {} s {} the database's; other nodes refuse tokens that this one issues if it is"
                            + " more than {} s ahead of them: set the clocks, for example by NTP",
                    ahead.abs().plusMillis(500).toSeconds(),
                    ahead.isNegative() ? "behind" : "ahead of",
                    TokenProfile.LEEWAY.toSeconds());
        } else if (differs && !isTooMuch) {
            LOG.info("this machine's clock and the database's agree again");
        }
        differs = isTooMuch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
