package dev.countersign.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.countersign.port.ThrottleStore;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ThrottleStore}. Extend it with the store. */
public abstract class ThrottleStoreContract {

    /** The time of the first failures. */
    protected static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static final UserId USER = new UserId(42);
    private static final ThrottleKey HAN = ThrottleKey.of(USER);
    private static final ThrottleKey LEIA = ThrottleKey.of(new UserId(420));
    private static final ThrottleKey NETWORK = new ThrottleKey(Kind.NETWORK, "aNetwork_-1");
    private static final ThrottleKey HAN_THERE = new ThrottleKey(Kind.PAIR, HAN.text() + ".there");
    private static final ThrottleKey LEIA_THERE = new ThrottleKey(Kind.PAIR, LEIA.text() + ".there");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int THREADS = 12;
    private static final int ROUNDS = 8;

    /** {@return the store under test, the same one or another one over the same data at each call; without counts at the start of each test} */
    protected abstract ThrottleStore throttle();

    private ThrottleCount count(ThrottleKey key) {
        return throttle().find(Set.of(key)).getOrDefault(key, ThrottleCount.NONE);
    }

    private void fail(ThrottleKey key, int times, Instant at) {
        for (int i = 0; i < times; i++) {
            throttle().failed(Set.of(key), at);
        }
    }

    @Test
    void nothing_is_found_before_the_first_failure() {
        assertThat(throttle().find(Set.of(HAN, NETWORK, HAN_THERE))).isEmpty();
        assertThat(throttle().forgive(USER)).isFalse();
        assertThat(throttle().sweep(START)).isZero();
        assertThat(throttle().claim(HAN, ThrottleCount.NONE, START)).isFalse();
        assertThat(throttle().find(Set.of(HAN))).isEmpty();
    }

    @Test
    void failures_are_counted_for_each_key_and_the_last_time_is_kept() {
        throttle().failed(Set.of(HAN, NETWORK, HAN_THERE), START);
        throttle().failed(Set.of(HAN, NETWORK), START.plusSeconds(3));
        throttle().failed(Set.of(HAN), START.plusSeconds(5));
        assertThat(throttle().find(Set.of(HAN, HAN_THERE, LEIA)))
                .containsOnlyKeys(HAN, HAN_THERE)
                .containsEntry(HAN, new ThrottleCount(3, START.plusSeconds(5), null))
                .containsEntry(HAN_THERE, new ThrottleCount(1, START, null));
        assertThat(count(NETWORK).failedAt()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void the_failures_of_a_network_are_forgotten_one_by_one_and_those_of_a_user_are_not() {
        for (ThrottleKey key : List.of(HAN, NETWORK, HAN_THERE)) {
            ThrottleCount expected = ThrottleCount.NONE;
            for (int minutes : new int[] {0, 0, 0, 1, 2, 30, 30, 31, 29}) {
                Instant at = START.plus(Duration.ofMinutes(minutes)).plusMillis(250L * minutes);
                fail(key, 1, at);
                expected = expected.plusFailure(key.kind(), at);
                assertThat(count(key).failures()).as(key + " " + minutes).isEqualTo(expected.failures(), within(1e-9));
                assertThat(count(key).failedAt()).isEqualTo(at);
            }
        }
        assertThat(count(HAN).failures()).isEqualTo(9);
        assertThat(count(NETWORK).failures()).isBetween(2.0, 3.0);
    }

    @Test
    void after_a_day_without_a_failure_counting_begins_anew() {
        fail(HAN, 5, START);
        fail(HAN, 1, START.plus(ThrottleCount.REMEMBERED).minusMillis(1));
        assertThat(count(HAN).failures()).isEqualTo(6);
        Instant anew = START.plus(ThrottleCount.REMEMBERED.multipliedBy(2)).minusMillis(1);
        fail(HAN, 1, anew);
        assertThat(count(HAN)).isEqualTo(new ThrottleCount(1, anew, null));
    }

    @Test
    void a_failure_is_claimed_only_on_top_of_the_count_that_was_seen() {
        fail(HAN, 3, START);
        ThrottleCount seen = count(HAN);
        assertThat(throttle().claim(LEIA, seen, START)).isFalse();
        assertThat(throttle().claim(HAN, seen, START.plusSeconds(7))).isTrue();
        assertThat(count(HAN)).isEqualTo(new ThrottleCount(4, START.plusSeconds(7), null));
        assertThat(throttle().claim(HAN, seen, START.plusSeconds(8))).isFalse();
        fail(HAN, 1, START.plusSeconds(9));
        assertThat(throttle().claim(HAN, new ThrottleCount(4, START.plusSeconds(9), null), START.plusSeconds(10)))
                .isFalse();
        assertThat(count(HAN)).isEqualTo(new ThrottleCount(5, START.plusSeconds(9), null));
    }

    @Test
    void a_success_forgets_failures_and_is_remembered_for_the_pair() {
        fail(HAN, 3, START);
        fail(HAN_THERE, 2, START);
        fail(LEIA, 1, START);
        throttle().succeeded(Set.of(HAN, HAN_THERE), START.plusSeconds(1));
        assertThat(count(HAN)).isEqualTo(ThrottleCount.NONE);
        assertThat(count(HAN_THERE).failures()).isZero();
        assertThat(count(HAN_THERE).succeededAt()).isEqualTo(START.plusSeconds(1));
        assertThat(count(LEIA).failures()).isEqualTo(1);
        fail(HAN_THERE, 1, START.plusSeconds(2));
        assertThat(count(HAN_THERE)).isEqualTo(new ThrottleCount(1, START.plusSeconds(2), START.plusSeconds(1)));
        throttle().succeeded(Set.of(LEIA_THERE), START.plusSeconds(3));
        assertThat(count(LEIA_THERE).isKnown(START.plusSeconds(4))).isTrue();
    }

    @Test
    void forgiving_a_user_forgets_the_failures_everywhere_and_nobody_elses() {
        throttle().succeeded(Set.of(HAN_THERE), START);
        throttle().succeeded(Set.of(LEIA_THERE), START);
        for (ThrottleKey key : List.of(HAN, HAN_THERE, LEIA, LEIA_THERE, NETWORK)) {
            fail(key, 4, START);
        }
        assertThat(throttle().forgive(USER)).isTrue();
        assertThat(count(HAN).failures()).isZero();
        assertThat(count(HAN_THERE).failures()).isZero();
        assertThat(count(HAN_THERE).isKnown(START)).isTrue();
        for (ThrottleKey other : List.of(LEIA, LEIA_THERE, NETWORK)) {
            assertThat(count(other).failures()).as(other.text()).isEqualTo(4);
        }
        assertThat(throttle().forgive(USER)).isFalse();
    }

    @Test
    void a_sweep_deletes_what_no_longer_matters_and_nothing_else() {
        int many = 603;
        ThrottleStore store = throttle();
        for (int i = 0; i < many; i += 3) {
            store.failed(
                    IntStream.range(i, i + 3)
                            .mapToObj(name -> new ThrottleKey(Kind.USER, "n" + name))
                            .collect(Collectors.toSet()),
                    START);
        }
        throttle().succeeded(Set.of(HAN_THERE), START);
        Instant dayLater = START.plus(ThrottleCount.REMEMBERED);
        fail(LEIA, 1, START.plusSeconds(1));
        fail(HAN_THERE, 1, START.plusSeconds(1));
        assertThat(throttle().sweep(dayLater.minusMillis(1))).isZero();
        assertThat(throttle().sweep(dayLater)).isEqualTo(many);
        assertThat(throttle().find(Set.of(LEIA, HAN_THERE))).containsOnlyKeys(LEIA, HAN_THERE);
        assertThat(throttle().sweep(START.plus(ThrottleCount.KNOWN).minusMillis(1)))
                .isEqualTo(1);
        assertThat(throttle().sweep(START.plus(ThrottleCount.KNOWN))).isEqualTo(1);
    }

    @Test
    void of_many_failures_at_once_none_is_lost() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Instant at = START.plusSeconds(round);
            together(THREADS, i -> {
                throttle().failed(i % 2 == 0 ? Set.of(HAN, HAN_THERE) : Set.of(HAN, LEIA), at);
                return true;
            });
        }
        assertThat(count(HAN).failures()).isEqualTo(THREADS * ROUNDS);
        assertThat(count(HAN_THERE).failures()).isEqualTo(THREADS * ROUNDS / 2.0);
        assertThat(count(LEIA).failures()).isEqualTo(THREADS * ROUNDS / 2.0);
    }

    @Test
    void of_many_that_claim_on_top_of_one_count_one_succeeds() throws Exception {
        fail(HAN, 1, START);
        for (int round = 1; round <= ROUNDS; round++) {
            ThrottleCount seen = count(HAN);
            Instant at = START.plusSeconds(round);
            assertThat(together(THREADS, i -> throttle().claim(HAN, seen, at))).containsOnlyOnce(true);
            assertThat(count(HAN)).isEqualTo(new ThrottleCount(1.0 + round, at, null));
        }
    }

    @Test
    void failures_and_successes_at_once_do_not_block_each_other() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Instant at = START.plusSeconds(round);
            together(THREADS, i -> {
                if (i % 3 == 0) {
                    throttle().succeeded(Set.of(HAN, HAN_THERE), at);
                } else {
                    throttle().failed(Set.of(HAN_THERE, HAN, NETWORK), at);
                }
                return true;
            });
        }
        assertThat(count(HAN_THERE).succeededAt()).isEqualTo(START.plusSeconds(ROUNDS - 1));
        throttle().succeeded(Set.of(HAN, HAN_THERE), START);
        assertThat(count(HAN).failures() + count(HAN_THERE).failures()).isZero();
    }

    private static <T> List<T> together(int threads, IntFunction<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return work.apply(i);
                    }))
                    .toList();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(requireNonNull(one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
