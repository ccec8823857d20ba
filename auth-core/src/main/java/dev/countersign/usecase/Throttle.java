package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.ThrottleStore;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKeys;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.throttle.ThrottlePolicy.Decision;
import dev.countersign.throttle.ThrottlePolicy.Tally;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes logins wait after failures, before a hash is computed, per user and per client network (ASVS 6.1.1, 6.3.1). Counts are read with one statement. If
 * the store fails, this process counts in its memory: the throttle neither stops a login nor ends because of a fault. One instance for all {@code Auth}s
 * over the same users. Thread-safe.
 */
public final class Throttle {

    private static final Duration SWEEP_PAUSE = Duration.ofMinutes(10);
    private static final int SECRET_BYTES = 32;

    private final @Nullable ThrottleStore store;
    private final ThrottleKeys keys;
    private final ThrottlePolicy policy;
    private final InstantSource clock;
    private final Consumer<RuntimeException> onFault;
    private final LoginNotes writes;
    private final ThrottleMemory memory = new ThrottleMemory();
    private final RunningLogins running = new RunningLogins();
    private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

    private Throttle(
            @Nullable ThrottleStore store,
            ThrottleKeys keys,
            ThrottlePolicy policy,
            InstantSource clock,
            Consumer<RuntimeException> onFault) {
        this.store = store;
        this.keys = keys;
        this.policy = policy;
        this.clock = clock;
        this.onFault = onFault;
        this.writes = new LoginNotes(onFault);
    }

    /**
     * A throttle whose counts are shared by everything over one store.
     *
     * @param store the counts
     * @param keys hides names and addresses in the store; the same on every node
     * @param policy how long to wait
     * @param clock the source of the current time
     * @param onFault called, possibly on another thread, if the store fails; logins go on
     * @return the throttle
     */
    public static Throttle over(
            ThrottleStore store,
            ThrottleKeys keys,
            ThrottlePolicy policy,
            InstantSource clock,
            Consumer<RuntimeException> onFault) {
        requireNonNull(store, "store");
        requireNonNull(keys, "keys");
        requireNonNull(policy, "policy");
        requireNonNull(clock, "clock");
        requireNonNull(onFault, "onFault");

        return new Throttle(store, keys, policy, clock, onFault);
    }

    /**
     * A throttle that counts in the memory of this process, for a single process without a shared store.
     *
     * @param clock the source of the current time
     * @param random the source of a secret
     * @return the throttle, with {@link ThrottlePolicy#DEFAULT}
     */
    public static Throttle inProcess(InstantSource clock, SecureRandom random) {
        requireNonNull(clock, "clock");
        requireNonNull(random, "random");

        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return over(new ThrottleMemory(), ThrottleKeys.of(secret), ThrottlePolicy.DEFAULT, clock, fault -> {});
    }

    /** {@return no throttle: passwords can be guessed as fast as hashes are computed; for tests, or behind another throttle} */
    public static Throttle unlimitedGuesses() {
        return new Throttle(
                null, ThrottleKeys.of(new byte[SECRET_BYTES]), ThrottlePolicy.DEFAULT, () -> Instant.MIN, fault -> {});
    }

    /** Whether a password may be verified. */
    sealed interface Entry {

        /** It must wait. */
        record Refused(FailureReason reason, Duration retryAfter) implements Entry {}

        /** It may be verified now. Closed when its result is known. */
        sealed interface Admitted extends Entry, AutoCloseable {

            /** Counts a failure. */
            void failed();

            /** Forgets the failures, and makes the network known for the user. */
            void succeeded();

            @Override
            void close();
        }
    }

    private enum Unlimited implements Entry.Admitted {
        ATTEMPT;

        @Override
        public void failed() {}

        @Override
        public void succeeded() {}

        @Override
        public void close() {}
    }

    /** The keys of an attempt; without network and pair if the client's address is unknown. */
    private record Subject(
            ThrottleKey user,
            @Nullable ThrottleKey network,
            @Nullable ThrottleKey pair) {

        Set<ThrottleKey> all() {
            return network == null || pair == null ? Set.of(user) : Set.of(user, network, pair);
        }
    }

    /**
     * Decides whether the password of an attempt may be verified.
     *
     * @param user the user that was found; empty if no user has the name
     * @param typed the name, as typed
     * @param address the client's address
     */
    Entry enter(Optional<UserId> user, Identifier typed, ClientAddress address) {
        ThrottleStore counts = store;
        if (counts == null) {
            return Unlimited.ATTEMPT;
        }
        ThrottleKey owner = user.map(ThrottleKey::of).orElseGet(() -> keys.name(typed));
        Subject subject = address.isKnown()
                ? new Subject(owner, keys.network(address), keys.pair(owner, address))
                : new Subject(owner, null, null);
        try (RunningLogins.Reading reading = running.read(subject.all())) {
            Map<ThrottleKey, ThrottleCount> stored = stored(counts, subject.all());
            Instant now = Present.of(clock);
            Map<ThrottleKey, ThrottleCount> seen = merged(subject.all(), stored, now);
            Attempt attempt = new Attempt(counts, subject, seen, now);
            synchronized (running) {
                Decision decision = policy.decide(
                        tally(subject.user(), seen, reading),
                        tally(subject.network(), seen, reading),
                        tally(subject.pair(), seen, reading),
                        now);
                if (!decision.isNow()) {
                    return new Entry.Refused(reason(decision), decision.delay());
                }
                reading.start(attempt.judgedBy());
            }
            return attempt.countedFirst(stored, now);
        }
    }

    private Map<ThrottleKey, ThrottleCount> stored(ThrottleStore counts, Set<ThrottleKey> all) {
        try {
            return counts.find(all);
        } catch (RuntimeException failed) {
            onFault.accept(failed);
            return Map.of();
        }
    }

    private Map<ThrottleKey, ThrottleCount> merged(
            Set<ThrottleKey> all, Map<ThrottleKey, ThrottleCount> stored, Instant now) {
        if (memory.isEmpty()) {
            return stored;
        }
        Map<ThrottleKey, ThrottleCount> merged = new HashMap<>(stored);
        memory.find(all)
                .forEach((key, own) ->
                        merged.merge(key, own, (one, other) -> ThrottleMemory.higher(key.kind(), one, other, now)));
        return merged;
    }

    private static Tally tally(
            @Nullable ThrottleKey key, Map<ThrottleKey, ThrottleCount> seen, RunningLogins.Reading reading) {
        return key == null ? Tally.NONE : new Tally(seen.getOrDefault(key, ThrottleCount.NONE), reading.others(key));
    }

    private static FailureReason reason(Decision decision) {
        return switch (decision.cause()) {
            case USER -> FailureReason.TOO_MANY_FOR_USER;
            case NETWORK -> FailureReason.TOO_MANY_FROM_ADDRESS;
            case AT_ONCE -> FailureReason.TOO_MANY_AT_ONCE;
        };
    }

    /** An attempt that may go on. Used by one thread at a time. */
    private final class Attempt implements Entry.Admitted {

        private static final Duration MARK_AGE = Duration.ofDays(1);

        private final ThrottleStore counts;
        private final Subject subject;
        private final Map<ThrottleKey, ThrottleCount> seen;
        private final boolean isKnown;
        private @Nullable ThrottleKey claimed;
        private boolean isOpen = true;

        Attempt(ThrottleStore counts, Subject subject, Map<ThrottleKey, ThrottleCount> seen, Instant now) {
            this.counts = counts;
            this.subject = subject;
            this.seen = seen;
            this.isKnown = subject.pair() != null && seen(subject.pair()).isKnown(now);
        }

        private ThrottleCount seen(ThrottleKey key) {
            return seen.getOrDefault(key, ThrottleCount.NONE);
        }

        private Set<ThrottleKey> judgedBy() {
            ThrottleKey pair = subject.pair();
            ThrottleKey network = subject.network();
            if (isKnown && pair != null) {
                return Set.of(pair);
            }
            return network == null ? Set.of(subject.user()) : Set.of(subject.user(), network);
        }

        /** Once there are no free failures, nodes that read the same count must not all go on. */
        Entry countedFirst(Map<ThrottleKey, ThrottleCount> stored, Instant now) {
            ThrottleKey pair = subject.pair();
            ThrottleKey key = isKnown && pair != null ? pair : subject.user();
            ThrottleCount count = stored.getOrDefault(key, ThrottleCount.NONE);
            if (!policy.countsFirst(count, now)) {
                return this;
            }
            try {
                if (!counts.claim(key, count, now)) {
                    close();
                    return new Entry.Refused(FailureReason.TOO_MANY_AT_ONCE, Duration.ofSeconds(1));
                }
                claimed = key;
            } catch (RuntimeException failed) {
                onFault.accept(failed);
            }
            return this;
        }

        @Override
        public void failed() {
            Set<ThrottleKey> counted = counted();
            if (counted.isEmpty()) {
                return;
            }
            Instant at = Present.of(clock);
            // Until it is counted, it counts as running: otherwise many at once would be seen neither way.
            isOpen = false;
            writes.note(() -> count(counted, at), () -> {
                remember(counted, at);
                running.end(judgedBy());
            });
        }

        private void count(Set<ThrottleKey> counted, Instant at) {
            try {
                counts.failed(counted, at);
            } catch (RuntimeException failed) {
                remember(counted, at);
                throw failed;
            } finally {
                running.end(judgedBy());
            }
            sweep(counts, at);
        }

        private void remember(Set<ThrottleKey> counted, Instant at) {
            counted.forEach(key -> memory.failedAfter(key, seen(key), at));
        }

        private Set<ThrottleKey> counted() {
            Set<ThrottleKey> counted = new TreeSet<>();
            counted.add(subject.user());
            if (subject.network() != null) {
                counted.add(subject.network());
            }
            // Only of known networks: an attacker from many networks stores no row for each.
            if (isKnown && subject.pair() != null) {
                counted.add(subject.pair());
            }
            if (claimed != null) {
                counted.remove(claimed);
            }
            return counted;
        }

        @Override
        public void succeeded() {
            Instant at = Present.of(clock);
            ThrottleKey pair = subject.pair();
            Set<ThrottleKey> reset = new TreeSet<>();
            if (seen(subject.user()).failures() > 0 || claimed != null) {
                reset.add(subject.user());
            }
            if (pair != null && (seen(pair).failures() > 0 || claimed != null || isMarkOld(pair, at))) {
                reset.add(pair);
            }
            if (reset.isEmpty()) {
                return;
            }
            memory.forget(reset);
            try {
                counts.succeeded(reset, at);
                sweep(counts, at);
            } catch (RuntimeException failed) {
                onFault.accept(failed);
            }
        }

        private boolean isMarkOld(ThrottleKey pair, Instant at) {
            Instant success = seen(pair).succeededAt();
            return success == null || success.plus(MARK_AGE).isBefore(at);
        }

        @Override
        public void close() {
            if (isOpen) {
                isOpen = false;
                running.end(judgedBy());
            }
        }
    }

    private void sweep(ThrottleStore counts, Instant now) {
        Instant due = nextSweep.get();
        if (!now.isBefore(due) && nextSweep.compareAndSet(due, now.plus(SWEEP_PAUSE))) {
            memory.sweep(now);
            counts.sweep(now);
        }
    }

    /** How many keys have running attempts. */
    int running() {
        return running.size();
    }
}
