package dev.countersign.usecase;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Records logins without affecting whether they succeed. Writes on threads of its own; a login waits for a limited time, and where it does not wait for
 * a refresh token, not at all while other records are pending. Lost records are counted. Thread-safe.
 */
final class LoginNotes {

    /** How long a login waits for its record. */
    static final Duration WAIT = Duration.ofMillis(250);

    /** How long a login waits where its record also has a refresh token. */
    static final Duration LONG_WAIT = Duration.ofMillis(1500);

    private static final int THREADS = 2;
    private static final int QUEUE = 1000;
    private static final int MANY = 2 * THREADS;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Consumer<RuntimeException> onLost;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();

    LoginNotes(Consumer<RuntimeException> onLost) {
        this.onLost = onLost;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), LoginNotes::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "countersign-login-note");
        thread.setDaemon(true);
        return thread;
    }

    /** The store's answer; unknown if the store failed or did not answer in time. */
    sealed interface Noted<T> {
        record Done<T>(T result) implements Noted<T> {}

        record Unknown<T>() implements Noted<T> {}
    }

    /** How many records were lost since the start. */
    long lost() {
        return lost.get();
    }

    /** Waits for {@link #WAIT} at most, and not at all while others wait. */
    <T> Noted<T> note(Supplier<T> write) {
        boolean crowded = pending.getAndIncrement() >= MANY;
        return submitted(write, crowded ? Duration.ZERO : WAIT);
    }

    /** The same, with what to do if there is no room for the write. */
    void note(Runnable write, Runnable rejected) {
        boolean crowded = pending.getAndIncrement() >= MANY;
        Supplier<Boolean> run = () -> {
            write.run();
            return true;
        };
        Noted<Boolean> unused = submitted(run, crowded ? Duration.ZERO : WAIT, rejected);
    }

    /** Waits for {@link #LONG_WAIT} at most, because the write is worth it. */
    <T> Noted<T> notePatiently(Supplier<T> write) {
        pending.getAndIncrement();
        return submitted(write, LONG_WAIT);
    }

    private <T> Noted<T> submitted(Supplier<T> write, Duration wait) {
        return submitted(write, wait, () -> {});
    }

    private <T> Noted<T> submitted(Supplier<T> write, Duration wait, Runnable rejected) {
        try {
            Future<T> note = threads.submit(() -> {
                try {
                    return write.get();
                } catch (RuntimeException failed) {
                    countLost(failed);
                    throw failed;
                } finally {
                    pending.decrementAndGet();
                }
            });
            return wait.isZero() ? new Noted.Unknown<>() : await(note, wait);
        } catch (RejectedExecutionException full) {
            pending.decrementAndGet();
            countLost(full);
            rejected.run();
            return new Noted.Unknown<>();
        }
    }

    private static <T> Noted<T> await(Future<T> note, Duration wait) {
        try {
            return new Noted.Done<>(note.get(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException unknown) {
            return new Noted.Unknown<>();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Noted.Unknown<>();
        }
    }

    /** Counts a record that was not written. */
    void countLost(RuntimeException cause) {
        lost.incrementAndGet();
        onLost.accept(cause);
    }
}
