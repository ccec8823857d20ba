package dev.countersign.testkit.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.HashLimits;
import dev.countersign.hashing.Requester;
import dev.countersign.hashing.Turns;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final PasswordHash NOTHING = PasswordHash.of("plain-new-1-");

    // A thread that does not get its turn makes the test fail, see await.
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Turns turns = Turns.of(1, LONG);

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Test
    void one_after_the_other() throws Exception {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = start(() -> turns.run(() -> {
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                working.decrementAndGet();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void who_waits_for_a_hash_lets_others_work() throws Exception {
        HeldHasher hasher = new HeldHasher(1);
        HashBudget budget = HashBudget.of(new HashLimits(1, Duration.ofSeconds(60), 16, 1000));
        CountDownLatch worked = new CountDownLatch(1);
        Thread login = start(() -> turns.run(() -> {
            try (RawPassword any = RawPassword.of("any")) {
                budget.over(hasher).verify(any, NOTHING, Requester.unknown());
            }
        }));
        while (budget.state().running() == 0) {
            Thread.sleep(5);
        }
        start(() -> turns.run(worked::countDown));
        await(worked);
        assertThat(login.isAlive()).isTrue();
        hasher.let(1);
        login.join();
    }

    @Test
    void nobody_waits_for_ever_for_one_that_does_not_end() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch worked = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Turns impatient = Turns.of(1, Duration.ofMillis(50));
        Thread first = start(() -> impatient.run(() -> {
            begun.countDown();
            await(stuck);
        }));
        await(begun);
        start(() -> impatient.run(worked::countDown));
        await(worked);
        assertThat(first.isAlive()).isTrue();
        stuck.countDown();
        first.join();
    }

    @Test
    void a_failure_ends_a_turn() throws Exception {
        Thread failing = new Thread(() -> turns.run(() -> {
            throw new IllegalStateException("on purpose");
        }));
        failing.setUncaughtExceptionHandler((thread, expected) -> {});
        failing.start();
        failing.join();
        CountDownLatch worked = new CountDownLatch(1);
        start(() -> turns.run(worked::countDown));
        await(worked);
    }

    @Test
    void there_is_at_least_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> Turns.of(0, LONG));
    }
}
