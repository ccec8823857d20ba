package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.ThrottleStore;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.usecase.ThrottleMemory;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts failed logins in memory, counts its own calls, and fails on demand. Thread-safe. */
public final class InMemoryThrottleStore implements ThrottleStore {

    /** Which calls fail. */
    public enum Failing {
        /** None. */
        NOTHING,
        /** Those that change something, as in a read-only database. */
        WRITES,
        /** All. */
        EVERYTHING
    }

    private final ThrottleMemory memory = new ThrottleMemory();
    private final AtomicInteger statements = new AtomicInteger();
    private final Set<ThrottleKey> asked = ConcurrentHashMap.newKeySet();
    private volatile Failing failing = Failing.NOTHING;

    /** Starts without counts. */
    public InMemoryThrottleStore() {}

    /** Makes calls fail from now on. */
    public void fail(Failing calls) {
        this.failing = requireNonNull(calls, "calls");
    }

    /** {@return how many calls were made, without sweeps} */
    public int statements() {
        return statements.get();
    }

    /** {@return every key that was looked up} */
    public Set<ThrottleKey> asked() {
        return Set.copyOf(asked);
    }

    private ThrottleMemory reading() {
        statements.incrementAndGet();
        if (failing == Failing.EVERYTHING) {
            throw new IllegalStateException("told to fail");
        }
        return memory;
    }

    private ThrottleMemory writing() {
        ThrottleMemory open = reading();
        if (failing == Failing.WRITES) {
            throw new IllegalStateException("told to fail");
        }
        return open;
    }

    @Override
    public Map<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys) {
        asked.addAll(requireNonNull(keys, "keys"));
        return reading().find(keys);
    }

    @Override
    public void failed(Set<ThrottleKey> keys, Instant at) {
        requireNonNull(keys, "keys");
        requireNonNull(at, "at");

        writing().failed(requireNonNull(keys, "keys"), requireNonNull(at, "at"));
    }

    @Override
    public boolean claim(ThrottleKey key, ThrottleCount seen, Instant at) {
        requireNonNull(key, "key");
        requireNonNull(seen, "seen");
        requireNonNull(at, "at");

        return writing().claim(requireNonNull(key, "key"), requireNonNull(seen, "seen"), requireNonNull(at, "at"));
    }

    @Override
    public void succeeded(Set<ThrottleKey> keys, Instant at) {
        requireNonNull(keys, "keys");
        requireNonNull(at, "at");

        writing().succeeded(requireNonNull(keys, "keys"), requireNonNull(at, "at"));
    }

    @Override
    public boolean forgive(UserId user) {
        requireNonNull(user, "user");

        return writing().forgive(requireNonNull(user, "user"));
    }

    @Override
    public int sweep(Instant now) {
        return memory.sweep(requireNonNull(now, "now"));
    }
}
