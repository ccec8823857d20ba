package dev.countersign.server.management;

import static java.util.Objects.requireNonNull;

import dev.countersign.Auth;
import dev.countersign.usecase.Sessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What the server measures, in Prometheus' text format. The values of all labels are known at the start, so that no client can make the number of time
 * series grow. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

    /** The media type of {@link #text}. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double MILLIS = 1000.0;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Creates the metrics of this process: memory, threads, processor, files. */
    public Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /**
     * Measures a connection pool.
     *
     * @param pool is given the registry
     * @return this
     */
    public Metrics pool(Consumer<Object> pool) {
        requireNonNull(pool, "pool").accept(registry);
        return this;
    }

    /**
     * Counts the tokens that a login API validates.
     *
     * @param mount the name of the login API in labels
     * @param auth validates them
     * @return this
     */
    public Metrics tokens(String mount, Auth auth) {
        requireNonNull(mount, "mount");
        requireNonNull(auth, "auth");

        token(mount, auth, "valid", counted -> counted.tokenCounts().valid());
        token(mount, auth, "refused", counted -> counted.tokenCounts().refused());
        return this;
    }

    private void token(String mount, Auth auth, String result, ToLongFunction<Auth> count) {
        FunctionCounter.builder("countersign.tokens", auth, counted -> (double) count.applyAsLong(counted))
                .description("Access tokens that requests presented")
                .tag("mount", mount)
                .tag("result", result)
                .register(registry);
    }

    /**
     * Measures the sessions and how well ended ones are known.
     *
     * @param sessions the sessions
     * @return this
     */
    public Metrics sessions(Sessions sessions) {
        requireNonNull(sessions, "sessions");

        Gauge.builder(
                        "countersign.changes.silence",
                        sessions,
                        known -> known.health().silence().toMillis() / MILLIS)
                .description("How long ago the database last reported which users changed")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "countersign.revocation.delay",
                        sessions,
                        known -> known.delay().toMillis() / MILLIS)
                .description("The longest time after which an ended session is refused, as configured")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("countersign.tokens.remembered", sessions, known ->
                        (double) known.health().remembered())
                .description("Tokens whose session and user are remembered")
                .register(registry);
        return this;
    }

    /** {@return all measurements as text} */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
