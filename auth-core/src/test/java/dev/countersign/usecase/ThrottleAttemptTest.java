package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.ThrottleStore;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKeys;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.usecase.Throttle.Entry;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What an attempt reads and writes; the lengths of waits are tested in {@code ThrottlePolicyTest}. */
class ThrottleAttemptTest {

    private static final UserId HAN = new UserId(1);
    private static final ClientAddress HOME = ClientAddress.of("198.51.100.7");
    private static final ClientAddress AWAY = ClientAddress.of("203.0.113.9");
    private static final ClientAddress NOWHERE = ClientAddress.unknown();
    private static final int FREE = ThrottlePolicy.DEFAULT.freeForUser();

    private final ThrottleKeys keys = ThrottleKeys.of(new byte[32]);
    private final ThrottleKey user = ThrottleKey.of(HAN);
    private final ThrottleKey pair = keys.pair(user, HOME);
    private final Recorded store = new Recorded();
    private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Throttle throttle = Throttle.over(store, keys, ThrottlePolicy.DEFAULT, () -> now, faults::add);

    /** Counts in memory, notes what is written, and can refuse. */
    private static final class Recorded implements ThrottleStore {

        private final ThrottleMemory counts = new ThrottleMemory();
        private final List<Set<ThrottleKey>> failures = new CopyOnWriteArrayList<>();
        private final List<Set<ThrottleKey>> successes = new CopyOnWriteArrayList<>();
        private final AtomicInteger sweeps = new AtomicInteger();
        private boolean isClaimedByOthers;
        private boolean isAway;
        private boolean isBlind;

        private void check() {
            if (isAway) {
                throw new IllegalStateException("away");
            }
        }

        @Override
        public Map<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys) {
            if (isBlind) {
                throw new IllegalStateException("away");
            }
            return counts.find(keys);
        }

        @Override
        public void failed(Set<ThrottleKey> keys, Instant at) {
            check();
            counts.failed(keys, at);
            failures.add(Set.copyOf(keys));
        }

        @Override
        public boolean claim(ThrottleKey key, ThrottleCount seen, Instant at) {
            check();
            return !isClaimedByOthers && counts.claim(key, seen, at);
        }

        @Override
        public void succeeded(Set<ThrottleKey> keys, Instant at) {
            check();
            counts.succeeded(keys, at);
            successes.add(Set.copyOf(keys));
        }

        @Override
        public boolean forgive(UserId user) {
            return counts.forgive(user);
        }

        @Override
        public int sweep(Instant now) {
            sweeps.incrementAndGet();
            return counts.sweep(now);
        }
    }

    private Entry enter(ClientAddress address) {
        return throttle.enter(Optional.of(HAN), Identifier.typed("han"), address);
    }

    private Entry.Admitted admitted(ClientAddress address) {
        Entry entry = enter(address);
        assertThat(entry).isInstanceOf(Entry.Admitted.class);
        return (Entry.Admitted) entry;
    }

    private void fail(ClientAddress address) throws InterruptedException {
        int before = store.failures.size();
        try (Entry.Admitted attempt = admitted(address)) {
            attempt.failed();
        }
        await(() -> store.failures.size() > before && throttle.running() == 0);
    }

    private void succeed(ClientAddress address) {
        try (Entry.Admitted attempt = admitted(address)) {
            attempt.succeeded();
        }
        assertThat(throttle.running()).isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void a_success_marks_the_network_once_a_day_and_writes_nothing_else() {
        succeed(HOME);
        assertThat(store.successes).containsExactly(Set.of(pair));
        now = now.plus(Duration.ofDays(1));
        succeed(HOME);
        assertThat(store.successes).hasSize(1);
        now = now.plusSeconds(1);
        succeed(HOME);
        assertThat(store.successes).containsExactly(Set.of(pair), Set.of(pair));
    }

    @Test
    void a_success_from_nowhere_writes_only_if_there_is_something_to_forget() throws Exception {
        succeed(NOWHERE);
        assertThat(store.successes).isEmpty();
        fail(NOWHERE);
        assertThat(store.failures).containsExactly(Set.of(user));
        succeed(NOWHERE);
        assertThat(store.successes).containsExactly(Set.of(user));
        succeed(NOWHERE);
        assertThat(store.successes).hasSize(1);
    }

    @Test
    void a_failure_counts_for_the_user_and_the_network_and_for_the_pair_only_if_it_is_known() throws Exception {
        fail(AWAY);
        assertThat(store.failures).containsExactly(Set.of(user, keys.network(AWAY)));
        succeed(HOME);
        fail(HOME);
        assertThat(store.failures.get(1)).isEqualTo(Set.of(user, keys.network(HOME), pair));
        succeed(HOME);
        assertThat(store.successes.get(store.successes.size() - 1)).isEqualTo(Set.of(user, pair));
    }

    @Test
    void attempts_from_a_known_network_do_not_take_the_places_of_others() throws Exception {
        succeed(HOME);
        for (int i = 0; i < FREE - 1; i++) {
            fail(AWAY);
        }
        try (Entry.Admitted atHome = admitted(HOME);
                Entry.Admitted last = admitted(AWAY)) {
            assertThat(atHome).isNotSameAs(last);
            assertThat(enter(AWAY)).isEqualTo(new Entry.Refused(FailureReason.TOO_MANY_AT_ONCE, Duration.ofSeconds(1)));
            admitted(HOME).close();
        }
        assertThat(throttle.running()).isZero();
        admitted(AWAY).close();
    }

    private void exhaust(ClientAddress address) throws InterruptedException {
        for (int i = 0; i < FREE; i++) {
            fail(address);
        }
        assertThat(enter(address)).isEqualTo(new Entry.Refused(FailureReason.TOO_MANY_FOR_USER, Duration.ofSeconds(1)));
        now = now.plusSeconds(2);
    }

    @Test
    void after_the_free_failures_an_attempt_is_counted_first_and_not_again() throws Exception {
        exhaust(NOWHERE);
        int written = store.failures.size();
        try (Entry.Admitted attempt = admitted(NOWHERE)) {
            assertThat(throttle.running()).isEqualTo(1);
            assertThat(store.find(Set.of(user)).get(user).failures()).isGreaterThan(FREE);
            attempt.failed();
        }
        assertThat(throttle.running()).isZero();
        assertThat(store.failures).hasSize(written);
        now = now.plusSeconds(5);
        succeed(NOWHERE);
        assertThat(store.successes).containsExactly(Set.of(user));
        assertThat(store.find(Set.of(user))).isEmpty();
    }

    @Test
    void whoever_is_second_to_count_waits() throws Exception {
        exhaust(NOWHERE);
        store.isClaimedByOthers = true;
        assertThat(enter(NOWHERE)).isEqualTo(new Entry.Refused(FailureReason.TOO_MANY_AT_ONCE, Duration.ofSeconds(1)));
        assertThat(throttle.running()).isZero();
        assertThat(faults).isEmpty();
    }

    @Test
    void counts_that_cannot_be_read_stop_nobody_and_are_reported() {
        store.isBlind = true;
        admitted(HOME).close();
        assertThat(faults).hasSize(1);
    }

    @Test
    void without_a_limit_everybody_is_admitted() {
        Throttle unlimited = Throttle.unlimitedGuesses();
        for (int i = 0; i < 2 * FREE; i++) {
            try (Entry.Admitted attempt =
                    (Entry.Admitted) unlimited.enter(Optional.of(HAN), Identifier.typed("han"), HOME)) {
                attempt.failed();
            }
        }
        assertThat(unlimited.running()).isZero();
    }

    @Test
    void a_count_that_cannot_be_written_stops_nobody_and_is_reported() throws Exception {
        exhaust(NOWHERE);
        store.isAway = true;
        try (Entry.Admitted attempt = admitted(NOWHERE)) {
            attempt.failed();
        }
        await(() -> faults.size() >= 2 && throttle.running() == 0);
        // The failure counts in memory.
        assertThat(enter(NOWHERE)).isInstanceOf(Entry.Refused.class);
        now = now.plusSeconds(30);
        int before = faults.size();
        try (Entry.Admitted attempt = admitted(NOWHERE)) {
            attempt.succeeded();
        }
        assertThat(faults).hasSizeGreaterThan(before);
        // The count in memory was deleted although the store failed.
        store.isAway = false;
        assertThat(enter(NOWHERE)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void old_counts_are_deleted_now_and_then() throws Exception {
        fail(NOWHERE);
        await(() -> store.sweeps.get() == 1);
        fail(NOWHERE);
        succeed(HOME);
        assertThat(store.sweeps).hasValue(1);
        now = now.plus(Duration.ofDays(2));
        succeed(HOME);
        assertThat(store.sweeps).hasValue(2);
    }
}
