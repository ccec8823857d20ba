package dev.countersign.usecase;

import dev.countersign.throttle.ThrottleKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The login attempts of this process whose result is not counted yet. An attempt that ends while another one reads the counts is still seen by that
 * other one, so no attempt falls between the count and the number of running ones. Thread-safe.
 */
final class RunningLogins {

    private static final class Entry {
        private int readers;
        private int running;
        private long ended;
    }

    private final Map<ThrottleKey, Entry> entries = new HashMap<>();

    /** Begins before the counts of the keys are read. */
    synchronized Reading read(Set<ThrottleKey> keys) {
        Map<ThrottleKey, Long> ended = new HashMap<>();
        for (ThrottleKey key : keys) {
            Entry entry = entries.computeIfAbsent(key, made -> new Entry());
            entry.readers++;
            ended.put(key, entry.ended);
        }
        return new Reading(ended);
    }

    /** Ends attempts. */
    synchronized void end(Collection<ThrottleKey> keys) {
        for (ThrottleKey key : keys) {
            Entry entry = entries.get(key);
            if (entry != null) {
                entry.running--;
                entry.ended++;
                dropIfUnused(key, entry);
            }
        }
    }

    private void dropIfUnused(ThrottleKey key, Entry entry) {
        if (entry.readers == 0 && entry.running == 0) {
            entries.remove(key);
        }
    }

    synchronized int size() {
        return entries.size();
    }

    /** One attempt between the reading of its counts and the decision. */
    final class Reading implements AutoCloseable {

        private final Map<ThrottleKey, Long> endedBefore;

        private Reading(Map<ThrottleKey, Long> endedBefore) {
            this.endedBefore = endedBefore;
        }

        /** How many other attempts run, or ended after this reading began. */
        int others(ThrottleKey key) {
            Entry entry = entries.get(key);
            Long before = endedBefore.get(key);
            return entry == null || before == null ? 0 : entry.running + (int) (entry.ended - before);
        }

        /** Counts this attempt as running until {@link #end}. */
        void start(Collection<ThrottleKey> keys) {
            keys.forEach(key -> entries.computeIfAbsent(key, made -> new Entry()).running++);
        }

        @Override
        public void close() {
            synchronized (RunningLogins.this) {
                for (ThrottleKey key : endedBefore.keySet()) {
                    Entry entry = entries.get(key);
                    if (entry != null) {
                        entry.readers--;
                        dropIfUnused(key, entry);
                    }
                }
            }
        }
    }
}
