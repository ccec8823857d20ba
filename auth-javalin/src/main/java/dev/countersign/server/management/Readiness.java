package dev.countersign.server.management;

import com.google.common.collect.ImmutableMap;
import dev.countersign.AuthFault;
import dev.countersign.server.management.HealthCheck.Finding;
import dev.countersign.server.management.HealthCheck.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether the server can answer requests. A check that does not answer in time counts as down, and is not started again before it has ended. Findings
 * are used for a moment, so that frequent probes cost no more than rare ones. Thread-safe.
 */
final class Readiness implements AutoCloseable {

    /** The timeout of a probe: less than that of common orchestrators, so that the reason arrives. */
    static final Duration TIMEOUT = Duration.ofMillis(900);

    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final ImmutableMap<String, Part> parts;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean isStopping;

    Readiness(Map<String, HealthCheck> checks) {
        ImmutableMap.Builder<String, Part> all = ImmutableMap.builder();
        checks.forEach((name, check) -> all.put(name, new Part(name, check)));
        this.parts = all.buildOrThrow();
    }

    /** The findings by the name of the part, in order. */
    Map<String, Finding> findings() {
        Map<String, Finding> findings = new LinkedHashMap<>();
        if (isStopping) {
            findings.put("server", Finding.down("the server is stopping"));
            return findings;
        }
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        parts.values().forEach(Part::start);
        parts.forEach((name, part) -> findings.put(name, part.await(deadline - System.nanoTime())));
        return findings;
    }

    static State worst(Map<String, Finding> findings) {
        return findings.values().stream()
                .map(Finding::state)
                .max(State::compareTo)
                .orElse(State.UP);
    }

    /** From now on the server is not ready, so that no new requests are sent to it. */
    void stopping() {
        isStopping = true;
    }

    @Override
    public void close() {
        isStopping = true;
        threads.shutdownNow();
    }

    private final class Part {

        private final String name;
        private final HealthCheck check;
        private @Nullable Future<Finding> running;
        private long startedAt;
        private State last = State.UP;

        Part(String name, HealthCheck check) {
            this.name = name;
            this.check = check;
        }

        synchronized void start() {
            Future<Finding> before = running;
            boolean isUsable = before != null && (!before.isDone() || System.nanoTime() - startedAt < FRESH.toNanos());
            if (!isUsable) {
                try {
                    running = threads.submit(check::check);
                    startedAt = System.nanoTime();
                } catch (RejectedExecutionException closed) {
                    running = null;
                }
            }
        }

        Finding await(long nanos) {
            Future<Finding> asked;
            synchronized (this) {
                asked = running;
            }
            Finding finding = asked == null ? Finding.down("the server is stopping") : result(asked, nanos);
            note(finding);
            return finding;
        }

        private Finding result(Future<Finding> asked, long nanos) {
            try {
                return asked.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException slow) {
                return Finding.down("no answer within " + TIMEOUT.toMillis() + " ms");
            } catch (ExecutionException failed) {
                LOG.debug("the check of {} failed", name, failed.getCause());
                return Finding.down("the check failed: " + message(failed.getCause()));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Finding.down("the server is stopping");
            }
        }

        private static String message(@Nullable Throwable cause) {
            // Only the message of a fault is known to be without secrets.
            return cause instanceof AuthFault fault ? String.valueOf(fault.getMessage()) : "unexpected error";
        }

        private synchronized void note(Finding now) {
            if (now.state() != last) {
                last = now.state();
                LOG.atLevel(last == State.UP ? Level.INFO : Level.WARN)
                        .log("health: {} is {}: {}", name, last.name().toLowerCase(Locale.ROOT), now.reason());
            }
        }
    }
}
