package dev.countersign.server.management;

import static java.util.Objects.requireNonNull;

import dev.countersign.Auth;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.HashState;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import dev.countersign.usecase.Sessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the server measures, in Prometheus' text format. The values of all labels are known at the start, so that no client can make the number of time
 * series grow. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

    /** The media type of {@link #text}. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double MILLIS = 1000.0;
    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<LongSupplier> counted = new ArrayList<>();
    private final List<StoredHashCounts> closing = new ArrayList<>();
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Creates the metrics of this process: memory, threads, processor, files. */
    public Metrics() {
        // Those that wait for changes hold a connection for as long as they like: it is no latency.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("hikaricp.connections.usage"));
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
     * Measures the transactions of the store.
     *
     * @param done how many there were
     * @param nanos how long they took together, in nanoseconds
     * @return this
     */
    public Metrics store(LongSupplier done, LongSupplier nanos) {
        requireNonNull(done, "done");
        requireNonNull(nanos, "nanos");

        // Micrometer refers to it only weakly.
        counted.add(done);
        FunctionTimer.builder(
                        "countersign.store",
                        done,
                        LongSupplier::getAsLong,
                        known -> (double) nanos.getAsLong(),
                        TimeUnit.NANOSECONDS)
                .description("Transactions of the store, with the wait for a connection")
                .register(registry);
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

    /**
     * Counts logins by outcome, ends of sessions by cause, and all security events by kind.
     *
     * @param mounts the names of the login APIs in events
     * @param counts counts the events
     * @param lost how many events could not be stored
     * @return this
     */
    public Metrics events(List<String> mounts, EventCounts counts, LongSupplier lost) {
        requireNonNull(mounts, "mounts");
        requireNonNull(counts, "counts");
        requireNonNull(lost, "lost");

        for (String mount : mounts) {
            logins(mount, EventCounts.SUCCEEDED, counts);
            for (LoginRefused.Reason reason : LoginRefused.Reason.values()) {
                logins(mount, EventCounts.outcome(reason), counts);
            }
        }
        for (SessionsEnded.Cause cause : SessionsEnded.Cause.values()) {
            counter(
                            "countersign.sessions.ended",
                            "Sessions that were ended before their time",
                            () -> counts.ends(cause))
                    .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (EventKind kind : EventKind.values()) {
            counter("countersign.events", "Security events", () -> counts.events(kind))
                    .tag("kind", kind.label())
                    .register(registry);
        }
        counter("countersign.events.lost", "Security events that could not be stored", lost)
                .register(registry);
        return this;
    }

    private void logins(String mount, String outcome, EventCounts counts) {
        counter("countersign.logins", "Login attempts", () -> counts.logins(mount, outcome))
                .tag("mount", mount)
                .tag("outcome", outcome)
                .register(registry);
    }

    private FunctionCounter.Builder<LongSupplier> counter(String name, String what, LongSupplier count) {
        // Micrometer refers to it only weakly.
        counted.add(count);
        return FunctionCounter.builder(name, count, known -> (double) known.getAsLong())
                .description(what);
    }

    /**
     * Measures the hash budget.
     *
     * @param budget the budget
     * @return this
     */
    public Metrics hashes(HashBudget budget) {
        requireNonNull(budget, "budget");

        hashes(
                budget,
                "countersign.hashes.permits",
                "Password hashes that may run at the same time",
                HashState::permits);
        hashes(budget, "countersign.hashes.running", "Password hashes that run", HashState::running);
        hashes(budget, "countersign.hashes.waiting", "Password hashes that wait", HashState::waiting);
        hashes(
                budget,
                "countersign.hash.seconds",
                "The time of a password hash, a moving average",
                state -> state.perHash().toNanos() / NANOS);
        done(budget, "countersign.hashes.done", "Password hashes that were computed", HashState::done, "");
        refused(budget, "overloaded", HashState::overloaded);
        refused(budget, "over_share", HashState::overShare);
        refused(budget, "late", HashState::late);
        return this;
    }

    private void hashes(HashBudget budget, String name, String what, ToDoubleFunction<HashState> value) {
        Gauge.builder(name, budget, known -> value.applyAsDouble(known.state()))
                .description(what)
                .register(registry);
    }

    private void refused(HashBudget budget, String reason, ToLongFunction<HashState> count) {
        done(budget, "countersign.hashes.refused", "Password hashes that were refused", count, reason);
    }

    private void done(HashBudget budget, String name, String what, ToLongFunction<HashState> count, String reason) {
        FunctionCounter.Builder<HashBudget> counter = FunctionCounter.builder(
                        name, budget, known -> (double) count.applyAsLong(known.state()))
                .description(what);
        (reason.isEmpty() ? counter : counter.tag("reason", reason)).register(registry);
    }

    /**
     * Counts the stored hashes of a sample of users by algorithm and cost.
     *
     * @param sample reads them
     * @param kind describes a hash without salt and digest
     * @return this
     */
    public Metrics storedHashes(HashSample sample, Function<PasswordHash, String> kind) {
        requireNonNull(sample, "sample");
        requireNonNull(kind, "kind");

        MultiGauge gauge = MultiGauge.builder("countersign.stored.hashes")
                .description("Users of a sample, by the algorithm and cost of their password hash")
                .register(registry);
        closing.add(new StoredHashCounts(gauge, sample, kind));
        return this;
    }

    /** {@return all measurements as text} */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        closing.forEach(StoredHashCounts::close);
        collections.close();
        registry.close();
    }
}
