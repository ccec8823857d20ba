package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.ThrottleStore;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts failed logins in the memory of this process: they are lost when it ends. Keeps the {@value #MOST} counts that were used last. Thread-safe.
 */
public final class ThrottleMemory implements ThrottleStore {

    /** The most counts that are kept. */
    public static final int MOST = 100_000;

    private final Map<ThrottleKey, ThrottleCount> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ThrottleKey, ThrottleCount> eldest) {
            return size() > MOST;
        }
    };

    /** Starts without counts. */
    public ThrottleMemory() {}

    @Override
    public synchronized Map<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys) {
        requireNonNull(keys, "keys");

        Map<ThrottleKey, ThrottleCount> found = new HashMap<>();
        for (ThrottleKey key : keys) {
            ThrottleCount count = counts.get(key);
            if (count != null) {
                found.put(key, count);
            }
        }
        return found;
    }

    @Override
    public synchronized void failed(Set<ThrottleKey> keys, Instant at) {
        requireNonNull(keys, "keys");
        Instant time = requireNonNull(at, "at").truncatedTo(ChronoUnit.MICROS);

        keys.forEach(key -> counts.merge(
                key,
                ThrottleCount.NONE.plusFailure(key.kind(), time),
                (before, first) -> before.plusFailure(key.kind(), time)));
    }

    /** Counts a failure on top of a count that was read elsewhere, or of this one if it is higher. */
    synchronized void failedAfter(ThrottleKey key, ThrottleCount seen, Instant at) {
        counts.merge(
                key,
                seen.plusFailure(key.kind(), at),
                (before, after) -> higher(key.kind(), before, seen, at).plusFailure(key.kind(), at));
    }

    /** The count with more failures left. */
    static ThrottleCount higher(Kind kind, ThrottleCount one, ThrottleCount other, Instant now) {
        Instant success = one.succeededAt() == null ? other.succeededAt() : one.succeededAt();
        ThrottleCount higher = one.left(kind, now) >= other.left(kind, now) ? one : other;
        return new ThrottleCount(higher.failures(), higher.failedAt(), success);
    }

    synchronized void forget(Set<ThrottleKey> keys) {
        keys.forEach(counts::remove);
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    @Override
    public synchronized boolean claim(ThrottleKey key, ThrottleCount seen, Instant at) {
        requireNonNull(key, "key");
        requireNonNull(seen, "seen");
        requireNonNull(at, "at");

        ThrottleCount now = counts.get(key);
        if (now == null || now.failures() != seen.failures() || !now.failedAt().equals(seen.failedAt())) {
            return false;
        }
        failed(Set.of(key), at);
        return true;
    }

    @Override
    public synchronized void succeeded(Set<ThrottleKey> keys, Instant at) {
        requireNonNull(keys, "keys");
        Instant time = requireNonNull(at, "at").truncatedTo(ChronoUnit.MICROS);

        for (ThrottleKey key : keys) {
            if (key.kind() == Kind.PAIR) {
                counts.put(key, new ThrottleCount(0, Instant.EPOCH, time));
            } else {
                counts.remove(key);
            }
        }
    }

    @Override
    public synchronized boolean forgive(UserId user) {
        String own = ThrottleKey.of(user).text();
        boolean forgiven = false;
        for (Map.Entry<ThrottleKey, ThrottleCount> entry : counts.entrySet()) {
            String text = entry.getKey().text();
            if ((text.equals(own) || text.startsWith(own + "."))
                    && entry.getValue().failures() > 0) {
                entry.setValue(
                        new ThrottleCount(0, Instant.EPOCH, entry.getValue().succeededAt()));
                forgiven = true;
            }
        }
        return forgiven;
    }

    @Override
    public synchronized int sweep(Instant now) {
        requireNonNull(now, "now");

        int before = counts.size();
        counts.entrySet()
                .removeIf(entry -> entry.getValue().left(Kind.USER, now) == 0
                        && !entry.getValue().isKnown(now));
        return before - counts.size();
    }
}
