package dev.countersign.testkit.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.OverloadFault;
import dev.countersign.hashing.BudgetedHasher;
import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.HashLimits;
import dev.countersign.hashing.HashState;
import dev.countersign.hashing.Requester;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hashes that the test holds, so that others wait for as long as it takes. */
@SuppressWarnings("FutureReturnValueIgnored")
class HashBudgetTest {

    private static final HashLimits LIMITS = new HashLimits(1, Duration.ofSeconds(60), 16, 1000);
    private static final PasswordHash NOTHING = PasswordHash.of("plain-new-1-");

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private HeldHasher hasher = new HeldHasher(1);
    private HashBudget budget = HashBudget.of(LIMITS);

    @AfterEach
    void end() {
        hasher.let(1000);
        callers.shutdown();
    }

    private BudgetedHasher budgeted() {
        return budget.over(hasher);
    }

    private Future<Boolean> verify(String password, String network, String account) {
        return verify(password, network, account, NOTHING);
    }

    private Future<Boolean> verify(String password, String network, String account, PasswordHash stored) {
        return callers.submit(() -> {
            try (RawPassword raw = RawPassword.of(password)) {
                return budgeted().verify(raw, stored, new Requester(network, account));
            }
        });
    }

    private void await(Predicate<HashState> condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.test(budget.state()); i++) {
            Thread.sleep(10);
        }
        assertThat(budget.state()).matches(condition);
    }

    /** Occupies all permits, then makes so many wait, each after the one before. */
    private List<Future<Boolean>> waiting(int number, String network, String account) throws InterruptedException {
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int before = budget.state().waiting();
            results.add(verify(network + i, network, account));
            await(state -> state.waiting() == before + 1);
        }
        return results;
    }

    private Future<Boolean> occupy() throws InterruptedException {
        Future<Boolean> running = verify("running", "occupier", "");
        await(state -> state.running() == 1);
        return running;
    }

    private OverloadFault refused(Future<Boolean> result) throws InterruptedException {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, result::get);
        assertThat(failed).hasCauseInstanceOf(OverloadFault.class);
        return (OverloadFault) failed.getCause();
    }

    private void letOneEnd() throws InterruptedException {
        long done = budget.state().done();
        hasher.let(1);
        await(state -> state.done() == done + 1);
    }

    @Test
    void no_more_than_the_permits_run_at_once_and_all_others_wait() throws Exception {
        budget = HashBudget.of(LIMITS.withPermits(2));
        for (int i = 0; i < 5; i++) {
            verify("p" + i, "network " + i, "");
        }
        await(state -> state.running() == 2 && state.waiting() == 3);
        assertThat(hasher.begun()).hasSize(2);
        hasher.let(5);
        await(state -> state.done() == 5 && state.running() == 0);
        assertThat(budget.state().refused()).isZero();
        assertThat(budget.state().perHash()).isPositive();
    }

    @Test
    void what_is_expected_of_a_hash_refuses_until_one_was_measured() throws Exception {
        budget.expect(LIMITS.deadline().plusSeconds(1));
        assertThat(budget.state().perHash()).isEqualTo(LIMITS.deadline().plusSeconds(1));
        occupy();
        assertThat(refused(verify("second", "network", "")).isOfClient()).isFalse();
        letOneEnd();
        Duration measured = budget.state().perHash();
        budget.expect(Duration.ofHours(1));
        assertThat(budget.state().perHash()).isEqualTo(measured);
    }

    @Test
    void networks_take_turns() throws Exception {
        occupy();
        waiting(3, "a", "");
        waiting(2, "b", "");
        waiting(1, "c", "");
        for (int i = 0; i < 7; i++) {
            letOneEnd();
        }
        assertThat(hasher.begun()).containsExactly("running", "a0", "b0", "c0", "a1", "b1", "a2");
    }

    @Test
    void a_network_has_half_of_the_queue_and_others_are_served_beside_it() throws Exception {
        occupy();
        waiting(8, "a", "");
        OverloadFault refused = refused(verify("late", "a", ""));
        assertThat(refused.isOfClient()).isTrue();
        assertThat(refused.isTemporary()).isTrue();
        waiting(1, "b", "");
        assertThat(budget.state().overShare()).isEqualTo(1);
    }

    @Test
    void an_account_has_an_eighth_of_the_queue_wherever_it_is_asked_for() throws Exception {
        occupy();
        waiting(1, "a", "ada");
        waiting(1, "b", "ada");
        assertThat(refused(verify("late", "c", "ada")).isOfClient()).isTrue();
        waiting(1, "c", "bob");
    }

    @Test
    void in_a_full_queue_the_newest_of_the_largest_network_gives_way() throws Exception {
        occupy();
        List<Future<Boolean>> many = waiting(8, "a", "");
        for (int i = 0; i < 8; i++) {
            waiting(1, "single " + i, "");
        }
        Future<Boolean> newcomer = verify("newcomer", "newcomer", "");
        assertThat(refused(many.get(7)).isOfClient()).isTrue();
        await(state -> state.waiting() == 16);
        hasher.let(100);
        assertThat(newcomer.get()).isFalse();
        for (Future<Boolean> earlier : many.subList(0, 7)) {
            assertThat(earlier.get()).isFalse();
        }
        assertThat(hasher.begun()).doesNotContain("a7");
    }

    @Test
    void in_a_full_queue_of_equals_the_newcomer_is_refused() throws Exception {
        occupy();
        for (int i = 0; i < 16; i++) {
            waiting(1, "network " + i, "");
        }
        assertThat(refused(verify("late", "newcomer", "")).isOfClient()).isFalse();
        assertThat(budget.state().overloaded()).isEqualTo(1);
    }

    @Test
    void what_is_late_is_dropped_and_never_hashed() throws Exception {
        budget = HashBudget.of(LIMITS.withDeadline(Duration.ofMillis(100)));
        Future<Boolean> running = occupy();
        Future<Boolean> late = verify("late", "a", "");
        assertThat(refused(late).isOfClient()).isFalse();
        assertThat(budget.state()).matches(state -> state.waiting() == 0 && state.late() == 1);
        hasher.let(1);
        assertThat(running.get()).as("what has begun is computed to its end").isFalse();
        assertThat(hasher.begun()).containsExactly("running");
    }

    @Test
    void what_cannot_be_served_in_time_is_refused_at_once_with_the_time_that_it_takes() throws Exception {
        budget = HashBudget.of(LIMITS.withDeadline(Duration.ofMillis(1500)));
        occupy();
        Thread.sleep(500);
        letOneEnd();
        occupy();
        waiting(1, "a", "");
        waiting(1, "b", "");
        long start = System.nanoTime();
        OverloadFault refused = refused(verify("late", "c", ""));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
        assertThat(refused.retryAfter()).isGreaterThanOrEqualTo(budget.state().perHash());
        assertThat(budget.state().overloaded()).isEqualTo(1);
    }

    @Test
    void a_hasher_that_verifies_two_at_once_is_given_two() throws Exception {
        hasher = new HeldHasher(2);
        occupy();
        List<Future<Boolean>> results = waiting(2, "a", "");
        results.addAll(waiting(1, "b", ""));
        hasher.let(3);
        for (Future<Boolean> result : results) {
            assertThat(result.get()).isFalse();
        }
        assertThat(hasher.batches()).containsExactly(2);
        assertThat(hasher.begun()).containsExactly("running", "a0", "b0", "a1");
    }

    @Test
    void the_right_one_of_two_matches_and_a_closed_one_fails_alone() throws Exception {
        hasher = new HeldHasher(2);
        occupy();
        PasswordHash stored = PasswordHash.of("plain-new-1-" + "6f70656e");
        Future<Boolean> open = verify("open", "a", "", stored);
        await(state -> state.waiting() == 1);
        RawPassword raw = RawPassword.of("closed");
        Future<Boolean> closed = callers.submit(() -> budgeted().verify(raw, stored, Requester.unknown()));
        await(state -> state.waiting() == 2);
        raw.close();
        hasher.let(100);
        assertThat(open.get()).isTrue();
        assertThat(catchThrowableOfType(ExecutionException.class, closed::get))
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(budget.state().running()).isZero();
    }

    @Test
    void hashes_that_need_memory_run_together_only_if_they_fit() throws Exception {
        budget = HashBudget.of(LIMITS.withPermits(3));
        verify("large", "a", "", PasswordHash.of("mem-600"));
        await(state -> state.running() == 1);
        verify("second", "b", "", PasswordHash.of("mem-500"));
        await(state -> state.waiting() == 1);
        verify("small but later", "c", "", PasswordHash.of("mem-100"));
        await(state -> state.waiting() == 2);
        verify("without memory", "d", "");
        await(state -> state.running() == 2 && state.waiting() == 2);
        assertThat(hasher.begun()).containsExactly("large", "without memory");
        hasher.let(2);
        await(state -> state.running() == 2 && state.waiting() == 0);
        assertThat(hasher.begun()).containsExactlyInAnyOrder("large", "without memory", "second", "small but later");
    }

    @Test
    void a_hash_that_needs_more_than_there_is_runs_alone() throws Exception {
        budget = HashBudget.of(LIMITS.withPermits(2));
        Future<Boolean> huge = verify("huge", "a", "", PasswordHash.of("mem-5000"));
        await(state -> state.running() == 1);
        Future<Boolean> small = verify("small", "b", "", PasswordHash.of("mem-1"));
        await(state -> state.waiting() == 1);
        hasher.let(2);
        assertThat(huge.get()).isFalse();
        assertThat(small.get()).isFalse();
    }

    @Test
    void a_caller_that_is_interrupted_while_it_waits_takes_its_password_along() throws Exception {
        occupy();
        Future<Boolean> waiting = verify("gone", "a", "");
        await(state -> state.waiting() == 1);
        waiting.cancel(true);
        await(state -> state.waiting() == 0);
        letOneEnd();
        assertThat(hasher.begun()).containsExactly("running");
    }

    @Test
    void a_caller_that_is_interrupted_while_its_hash_runs_gets_the_result() throws Exception {
        Thread[] caller = new Thread[1];
        Future<Boolean> result = callers.submit(() -> {
            caller[0] = Thread.currentThread();
            try (RawPassword raw = RawPassword.of("running")) {
                boolean matches = budgeted().verify(raw, NOTHING, Requester.unknown());
                return !matches && Thread.interrupted();
            }
        });
        await(state -> state.running() == 1);
        caller[0].interrupt();
        hasher.let(1);
        assertThat(result.get()).as("it is still interrupted afterwards").isTrue();
    }

    @Test
    void a_new_hash_waits_like_a_verification_and_one_that_can_wait_is_left_out() throws Exception {
        occupy();
        try (RawPassword raw = RawPassword.of("new")) {
            assertThat(budgeted().hashIfFree(raw, Requester.unknown())).isEmpty();
            letOneEnd();
            await(state -> state.running() == 0);
            hasher.let(1);
            assertThat(budgeted().hashIfFree(raw, Requester.unknown())).isPresent();
        }
    }

    @Test
    void the_threads_are_daemons_that_know_nothing_of_their_callers() throws Exception {
        occupy();
        Thread worker = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("hash-\\d+"))
                .filter(thread -> List.of(thread.getStackTrace()).toString().contains("HeldHasher"))
                .findFirst()
                .orElseThrow();
        assertThat(worker.isDaemon()).isTrue();
        assertThat(worker.getContextClassLoader()).isNull();
    }

    @Test
    void a_hasher_that_fails_fails_for_its_caller_only() throws Exception {
        hasher.let(100);
        try (RawPassword malformed = RawPassword.of("a\0b")) {
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class, () -> budgeted().hash(malformed)))
                    .isNotNull();
        }
        assertThat(verify("next", "a", "").get()).isFalse();
    }
}
