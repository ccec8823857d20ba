package dev.countersign.hashing;

import com.google.common.base.Ticker;
import dev.countersign.OverloadFault;
import dev.countersign.port.PasswordHasher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that hash. Except for the hashing itself, everything is guarded by the lock of the budget. */
final class HashWorkers {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int AVERAGED = 8;

    private final HashLimits limits;
    private final ReentrantLock lock;
    private final Condition work;
    private final FairQueue queue;
    private final Ticker ticker;
    private final Runnable onLate;

    private int threads;
    private int idle;
    private int named;
    private int running;
    private long memory;
    private long done;
    private long nanosPerHash;

    /**
     * Creates the workers; no thread is started.
     *
     * @param limits the number of threads, and the memory for what they compute
     * @param lock guards all parts of the budget
     * @param queue where they take their tasks from
     * @param ticker measures hashes and deadlines
     * @param onLate called, with the lock, for each task whose deadline was over
     */
    HashWorkers(HashLimits limits, ReentrantLock lock, FairQueue queue, Ticker ticker, Runnable onLate) {
        this.limits = limits;
        this.lock = lock;
        this.work = lock.newCondition();
        this.queue = queue;
        this.ticker = ticker;
        this.onLate = onLate;
    }

    int running() {
        return running;
    }

    long done() {
        return done;
    }

    /** The time of a hash, on each thread; of hashes that are computed together, the part of one. 0 if nothing is known. */
    long nanosPerHash() {
        return nanosPerHash;
    }

    /** Takes this for the time of a hash as long as none was measured. */
    void expect(long nanos) {
        if (nanosPerHash == 0) {
            nanosPerHash = nanos;
        }
    }

    /** Makes a thread look at the queue; false if there is none and none can be started. */
    boolean wake() {
        if (idle > 0) {
            work.signal();
            return true;
        }
        if (threads == limits.permits()) {
            return true;
        }
        try {
            Thread thread = new Thread(null, this::work, "hash-" + ++named, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
            threads++;
        } catch (OutOfMemoryError noThread) {
            return threads > 0;
        }
        return true;
    }

    private void work() {
        for (List<HashTask> batch = next(); !batch.isEmpty(); batch = next()) {
            long begin = ticker.read();
            compute(batch);
            finish(batch, ticker.read() - begin);
        }
    }

    /** The next tasks; none if this thread has been idle for long and ends. */
    private List<HashTask> next() {
        lock.lock();
        try {
            long left = IDLE_NANOS;
            while (true) {
                List<HashTask> batch = begun(queue.take(limits.memoryBytes() - memory));
                if (!batch.isEmpty()) {
                    if (queue.size() > 0) {
                        // A signal may have met a thread that was awake already.
                        wake();
                    }
                    return batch;
                }
                if (left <= 0) {
                    threads--;
                    return batch;
                }
                idle++;
                try {
                    left = work.awaitNanos(left);
                } catch (InterruptedException notOurs) {
                    // Nobody has a reason to interrupt it; the thread goes on.
                    left = IDLE_NANOS;
                } finally {
                    idle--;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private List<HashTask> begun(List<HashTask> taken) {
        long now = ticker.read();
        List<HashTask> batch = taken;
        for (HashTask task : taken) {
            if (task.isLate(now)) {
                onLate.run();
                task.end(new OverloadFault("a hash has waited too long", Duration.ofNanos(nanosPerHash), false));
                batch = taken.stream().filter(other -> !other.isLate(now)).toList();
            }
        }
        for (HashTask task : batch) {
            task.begin();
            running++;
            memory += task.memory;
        }
        return batch.isEmpty() && !taken.isEmpty() ? begun(queue.take(limits.memoryBytes() - memory)) : batch;
    }

    private void finish(List<HashTask> batch, long nanos) {
        lock.lock();
        try {
            long each = Math.max(1, nanos / batch.size());
            nanosPerHash = nanosPerHash == 0 ? each : nanosPerHash + (each - nanosPerHash) / AVERAGED;
            for (HashTask task : batch) {
                running--;
                memory -= task.memory;
                done++;
                task.end();
            }
            if (queue.size() > 0) {
                // A task may have waited for the memory.
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void compute(List<HashTask> batch) {
        if (batch.size() == 1) {
            batch.get(0).compute();
            return;
        }
        PasswordHasher hasher = batch.get(0).hasher;
        try {
            List<Boolean> matches =
                    hasher.verifyAll(batch.stream().map(HashTask::check).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).matches(matches.get(i));
            }
        } catch (RuntimeException ofOne) {
            // Such as a password that was closed: the others are verified.
            batch.forEach(HashTask::compute);
        } catch (Error broken) {
            batch.forEach(task -> task.fail(broken));
        }
    }
}
