package dev.countersign.server.management;

import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the hashes of a sample of users were made, which shows how far a migration has come. Read once a minute, on a thread of its own. */
final class StoredHashCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredHashCounts.class);
    private static final long MINUTE = 1;

    private final MultiGauge gauge;
    private final HashSample sample;
    private final Function<PasswordHash, String> kind;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread counting = new Thread(work, "hash-counts");
        counting.setDaemon(true);
        return counting;
    });

    StoredHashCounts(MultiGauge gauge, HashSample sample, Function<PasswordHash, String> kind) {
        this.gauge = gauge;
        this.sample = sample;
        this.kind = kind;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::count, 0, MINUTE, TimeUnit.MINUTES);
    }

    private void count() {
        try {
            Map<String, Long> counts = new TreeMap<>();
            sample.read(HashSample.LARGEST).values().forEach(hash -> counts.merge(kind.apply(hash), 1L, Long::sum));
            gauge.register(
                    counts.entrySet().stream()
                            .<MultiGauge.Row<?>>map(
                                    one -> MultiGauge.Row.of(Tags.of("kind", one.getKey()), one.getValue()))
                            .toList(),
                    true);
        } catch (RuntimeException unreachable) {
            LOG.debug("the stored hashes cannot be sampled", unreachable);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
