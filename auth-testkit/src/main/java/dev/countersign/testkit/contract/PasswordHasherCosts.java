package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that every verification costs exactly one hash, so that timing does not reveal which users exist. The tests compare the CPU time of the calling
 * thread (median of several runs); a path fails below a quarter or above four times the expected time. A hasher must therefore compute in the
 * calling thread.
 */
abstract class PasswordHasherCosts {

    static final int THREADS = 4;
    static final int ROUNDS = 6;

    private static final int RUNS = 3;
    private static final double FACTOR = 4;
    private static final long LEAST_NANOS = 1_000_000;

    /**
     * A password and its hash.
     *
     * @param password the password
     * @param hash the stored form
     */
    public record Sample(String password, PasswordHash hash) {}

    /** {@return a hasher, new at each call like after a restart; as cheap as possible, but at least 1 ms per hash} */
    protected abstract PasswordHasher hasher();

    /** {@return a hash with weaker parameters than {@link #hasher} uses} */
    protected abstract Sample weaker();

    /** {@return a hash with stronger parameters than {@link #hasher} uses, but below the cap} */
    protected abstract Sample stronger();

    /** {@return stored forms that would need hours or all memory to verify, one for each stored parameter; none for a fake} */
    protected abstract List<PasswordHash> tooCostly();

    /** {@return the time limit for a stored form that is refused without computing} */
    protected Duration limit() {
        return Duration.ofMinutes(1);
    }

    /** {@return whether the hasher is a fake without cost; for tests only} */
    protected boolean isFake() {
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "\uD800x"})
    void an_empty_or_malformed_password_costs_what_a_wrong_one_does(String password) {
        PasswordHasher hasher = hasher();
        PasswordHash hash = hasher.hash(password("right"));
        assertSameCost(hasher, password, hash, "wrong", hash);
    }

    @Test
    void an_overlong_password_costs_what_a_wrong_one_does() {
        PasswordHasher hasher = hasher();
        PasswordHash hash = hasher.hash(password("right"));
        assertSameCost(hasher, "x".repeat(hasher.longestBytes() + 1), hash, "wrong", hash);
    }

    @Test
    void a_hash_costs_time() {
        PasswordHasher hasher = hasher();
        assertThat(isFake() || cost(hasher, "wrong", hasher.hash(password("right"))) >= LEAST_NANOS)
                .isTrue();
    }

    @Test
    void the_decoy_costs_what_a_new_hash_does() {
        PasswordHasher hasher = hasher();
        assertSameCost(hasher, "wrong", hasher.decoy(), "wrong", hasher.hash(password("right")));
    }

    @Test
    void a_decoy_like_a_hash_costs_what_that_hash_does() {
        PasswordHasher hasher = hasher();
        for (Sample sample : List.of(weaker(), stronger())) {
            assertSameCost(hasher, "wrong", hasher.decoyLike(sample.hash()), "wrong", sample.hash());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$9$nothing"})
    void a_stored_form_that_cannot_be_read_costs_what_the_decoy_does(String stored) {
        PasswordHasher hasher = hasher();
        assertSameCost(hasher, "wrong", PasswordHash.of(stored), "wrong", hasher.hash(password("right")));
    }

    @Test
    void a_stored_form_that_would_cost_too_much_is_not_computed() {
        assertThat(tooCostly().isEmpty()).isEqualTo(isFake());
        PasswordHasher hasher = hasher();
        for (PasswordHash costly : tooCostly()) {
            boolean matches = assertTimeoutPreemptively(limit(), () -> hasher.verify(password("anything"), costly));
            assertThat(matches).isFalse();
        }
    }

    private void assertSameCost(
            PasswordHasher hasher, String password, PasswordHash stored, String wrong, PasswordHash other) {
        if (isFake()) {
            return;
        }
        assertThat((double) cost(hasher, password, stored) / cost(hasher, wrong, other))
                .as("times the cost of a wrong password")
                .isBetween(1 / FACTOR, FACTOR);
    }

    private static long cost(PasswordHasher hasher, String text, PasswordHash stored) {
        once(hasher, text, stored);
        return LongStream.range(0, RUNS)
                .map(run -> once(hasher, text, stored))
                .sorted()
                .skip(RUNS / 2)
                .findFirst()
                .orElseThrow();
    }

    private static long once(PasswordHasher hasher, String text, PasswordHash stored) {
        try (RawPassword password = password(text)) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            hasher.verify(password, stored);
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
    }

    boolean verify(String text, PasswordHash stored) {
        try (RawPassword password = password(text)) {
            return hasher().verify(password, stored);
        }
    }

    static RawPassword password(String text) {
        return RawPassword.of(text);
    }

    /** The work of one thread in one round. */
    interface Work {
        boolean isRight(int thread, int round);
    }

    /** The number of correct results of all threads. */
    static int inThreads(Work work) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    int right = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        right += work.isRight(thread, round) ? 1 : 0;
                    }
                    return right;
                }));
            }
            int right = 0;
            for (Future<Integer> one : running) {
                right += one.get();
            }
            return right;
        } catch (ExecutionException broken) {
            throw new AssertionError("a verification broke", broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        } finally {
            threads.shutdownNow();
        }
    }
}
