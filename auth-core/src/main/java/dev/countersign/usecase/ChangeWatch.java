package dev.countersign.usecase;

import dev.countersign.AuthFault;
import dev.countersign.port.UserChanges;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The thread that listens to changes of users and sessions, and knows when the store was last heard. Thread-safe. */
final class ChangeWatch implements AutoCloseable {

    // The store is asked so often within the delay that a late answer or two does not matter.
    private static final int TIMES = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    // Longer than the clocks of two machines may differ, and than any skew: a token that has been ended must not
    // outlive its record.
    private static final Duration SWEEP_AFTER = Duration.ofMinutes(10);

    private final UserChanges changes;
    private final SessionMemory memory;
    private final Duration delay;
    private final Duration wait;
    private final Sessions.WhenSilent whenSilent;
    private final Consumer<Instant> sweep;
    private final Consumer<Boolean> onSilence;
    private final InstantSource clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();

    private volatile boolean isClosed;
    private volatile boolean hasFailed;
    private boolean isReported;
    private volatile Instant lastHeard;
    private volatile @Nullable RuntimeException failure;
    private volatile UserChanges.@Nullable Listener listener;
    private Instant nextSweep;
    private final AtomicBoolean isSweeping = new AtomicBoolean();
    private volatile @Nullable Thread sweeper;

    ChangeWatch(
            UserChanges changes,
            SessionMemory memory,
            Duration delay,
            Sessions.WhenSilent whenSilent,
            Consumer<Instant> sweep,
            Consumer<Boolean> onSilence,
            InstantSource clock) {
        this.changes = changes;
        this.memory = memory;
        this.delay = delay;
        this.wait = delay.dividedBy(TIMES);
        this.whenSilent = whenSilent;
        this.sweep = sweep;
        this.onSilence = onSilence;
        this.clock = clock;
        this.lastHeard = clock.instant();
        this.nextSweep = lastHeard;
        this.thread = new Thread(this::listen, "countersign-changes");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Duration silence() {
        Duration silence = Duration.between(lastHeard, clock.instant());
        return silence.isNegative() ? Duration.ZERO : silence;
    }

    boolean isSilent() {
        return silence().compareTo(delay) > 0;
    }

    /** Returns at once while the store is heard; otherwise waits a moment for it, unless it is known to be away. */
    void check() {
        if (whenSilent == Sessions.WhenSilent.ACCEPT || !isSilent()) {
            return;
        }
        if (!hasFailed && isHeardWithin(delay)) {
            return;
        }
        reportSilence();
        RuntimeException cause = failure;
        throw AuthFault.temporary(
                "the store was last heard " + silence().toMillis() + " ms ago, so ended sessions may be unknown",
                cause == null ? new IllegalStateException("no answer yet") : cause);
    }

    private boolean isHeardWithin(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (isSilent() && !hasFailed && left > 0) {
                left = heard.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return !isSilent();
    }

    private void listen() {
        Duration pause = wait;
        while (!isClosed) {
            try (UserChanges.Listener open = changes.listen()) {
                listener = open;
                // What happened before is unknown.
                memory.forget(UserChanges.Changes.EVERYBODY);
                pause = wait;
                while (!isClosed) {
                    Instant asked = clock.instant();
                    memory.forget(open.next(wait));
                    noteHeard(asked);
                    sweepIfDue();
                }
            } catch (RuntimeException failed) {
                noteFailed(failed);
                sleep(pause);
                if (!isClosed) {
                    reportSilence();
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Everything committed before the question is known: that is when the store was heard. */
    private void noteHeard(Instant asked) {
        lock.lock();
        try {
            if (isReported) {
                isReported = false;
                onSilence.accept(false);
            }
            lastHeard = asked;
            hasFailed = false;
            failure = null;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void reportSilence() {
        lock.lock();
        try {
            if (!isReported && isSilent()) {
                isReported = true;
                onSilence.accept(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private void noteFailed(RuntimeException cause) {
        lock.lock();
        try {
            hasFailed = true;
            failure = cause;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** On a thread of its own: whoever sweeps does not listen. */
    private void sweepIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(nextSweep) || !isSweeping.compareAndSet(false, true)) {
            return;
        }
        nextSweep = now.plus(SWEEP_EVERY);
        Thread started = new Thread(() -> sweep(now.minus(SWEEP_AFTER)), "countersign-sweep");
        started.setDaemon(true);
        sweeper = started;
        started.start();
    }

    private void sweep(Instant before) {
        try {
            sweep.accept(before);
        } catch (RuntimeException failed) {
            // The next sweep deletes what this one left.
        } finally {
            isSweeping.set(false);
        }
    }

    private static void sleep(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops both threads, and waits a moment for them to leave the store. */
    @Override
    public void close() {
        isClosed = true;
        UserChanges.Listener open = listener;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
        join(thread);
        Thread sweeping = sweeper;
        if (sweeping != null) {
            join(sweeping);
        }
    }

    private static void join(Thread ending) {
        try {
            ending.join(END.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
