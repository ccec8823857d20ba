package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import dev.countersign.AuthFault;
import dev.countersign.OverloadFault;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits how much of the machine password hashes use. A fixed number of threads computes them, and the callers wait in a bounded queue that serves
 * clients' networks by turns and in which no network and no account can have more than its share. What would wait longer than the limit is refused
 * at once with an {@link OverloadFault}, so that every caller has a result within the limit and the time of a hash.
 *
 * <p>The threads are daemons. They start when needed and end when they have been idle, so a budget needs no closing. Thread-safe.
 */
public final class HashBudget {

    // A client that opens several pages at once is served; a guesser with many addresses does not shut out the
    // account's owner for long.
    private static final int ACCOUNT_DIVISOR = 8;
    private static final int NETWORK_DIVISOR = 2;

    private final HashLimits limits;
    private final Ticker ticker = Ticker.systemTicker();
    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue queue = new FairQueue();
    private final HashWorkers workers;

    private long overloaded;
    private long overShare;
    private long late;

    private HashBudget(HashLimits limits) {
        this.limits = limits;
        this.workers = new HashWorkers(limits, lock, queue, ticker, () -> late++);
    }

    /**
     * A budget with these limits.
     *
     * @param limits the limits
     * @return the budget
     */
    public static HashBudget of(HashLimits limits) {
        return new HashBudget(requireNonNull(limits, "limits"));
    }

    /** {@return a budget with {@link HashLimits#ofThisMachine}} */
    public static HashBudget ofThisMachine() {
        return of(HashLimits.ofThisMachine());
    }

    /**
     * A hasher whose hashes count in this budget.
     *
     * @param hasher computes them
     * @return the hasher
     */
    public BudgetedHasher over(PasswordHasher hasher) {
        return new BudgetedHasher(requireNonNull(hasher, "hasher"), this);
    }

    /** {@return the limits} */
    public HashLimits limits() {
        return limits;
    }

    /** {@return what it does now and has done so far} */
    public HashState state() {
        lock.lock();
        try {
            return new HashState(
                    limits.permits(),
                    workers.running(),
                    queue.size(),
                    workers.done(),
                    overloaded,
                    overShare,
                    late,
                    Duration.ofNanos(workers.nanosPerHash()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says how long a hash takes, so that the first requests are already refused when they would wait too long. Ignored once a hash has been measured.
     *
     * @param perHash the time of a hash, on one thread
     */
    public void expect(Duration perHash) {
        requireNonNull(perHash, "perHash");

        lock.lock();
        try {
            workers.expect(perHash.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Whether a hash would begin at once. */
    boolean isFree() {
        lock.lock();
        try {
            return queue.size() == 0 && workers.running() < limits.permits();
        } finally {
            lock.unlock();
        }
    }

    /** Computes a task on a thread of the budget, and returns when it is over. */
    HashTask run(PasswordHasher hasher, RawPassword password, @Nullable PasswordHash stored, Requester requester) {
        // A hash that needs more than there is runs alone; a hasher should refuse to verify it.
        long memory = Math.min(limits.memoryBytes(), hasher.memoryBytes(stored == null ? hasher.decoy() : stored));
        boolean waited = false;
        lock.lock();
        try {
            HashTask task = new HashTask(
                    hasher,
                    password,
                    stored,
                    requester,
                    memory,
                    ticker.read() + limits.deadline().toNanos(),
                    lock.newCondition());
            admit(requester);
            queue.add(task);
            if (!workers.wake()) {
                queue.remove(task);
                overloaded++;
                throw refusal("no thread can be started", limits.deadline(), false);
            }
            waited = true;
            Turns.pause();
            await(task);
            return task;
        } finally {
            lock.unlock();
            if (waited) {
                Turns.resume();
            }
        }
    }

    private void admit(Requester requester) {
        long capacity = capacity();
        int ofNetwork = queue.ofNetwork(requester.network());
        boolean accountIsOver = !requester.account().isEmpty()
                && queue.ofAccount(requester.account()) >= Math.max(1, capacity / ACCOUNT_DIVISOR);
        Duration expected = untilServed(queue.ahead(requester.network()));
        if (accountIsOver || ofNetwork >= Math.max(1, capacity / NETWORK_DIVISOR)) {
            overShare++;
            throw refusal("too many hashes wait for one client", expected, true);
        }
        if (expected.compareTo(limits.deadline()) > 0) {
            overloaded++;
            throw refusal("a hash would wait too long", expected, false);
        }
        if (queue.size() >= capacity) {
            makeRoom(ofNetwork + 1);
        }
    }

    /** The newest task of the network with most of them gives way to one of a network with fewer. */
    private void makeRoom(int ofNewcomer) {
        Duration all = untilServed(queue.size());
        HashTask last = queue.newestOfLongest(ofNewcomer).orElse(null);
        if (last == null) {
            overloaded++;
            throw refusal("the queue of hashes is full", all, false);
        }
        queue.remove(last);
        overShare++;
        last.end(refusal("the queue is full, and this client has most of it", all, true));
    }

    /** When half of what is ahead has been served there is room again, and the queue has not run empty. */
    private static OverloadFault refusal(String why, Duration ahead, boolean ofClient) {
        return new OverloadFault(why, ahead.dividedBy(2), ofClient);
    }

    /** As many as can be served in time, as far as the time of a hash is known. */
    private long capacity() {
        long nanos = workers.nanosPerHash();
        if (nanos == 0) {
            return limits.queue();
        }
        long inTime = limits.deadline().toNanos() / nanos * limits.permits();
        return Math.max(limits.permits(), Math.min(limits.queue(), inTime));
    }

    /** The time until a hash begins that has so many before it. */
    private Duration untilServed(int ahead) {
        int rounds = (ahead + workers.running()) / limits.permits();
        return Duration.ofNanos(rounds * workers.nanosPerHash());
    }

    private void await(HashTask task) {
        boolean interrupted = false;
        try {
            while (task.state() != HashTask.State.OVER) {
                if (task.state() == HashTask.State.RUNNING) {
                    // Its thread reads the password, which the caller wipes after this.
                    task.over.awaitUninterruptibly();
                    continue;
                }
                long left = task.deadline - ticker.read();
                if (left <= 0) {
                    queue.remove(task);
                    late++;
                    throw refusal("a hash has waited too long", untilServed(queue.size()), false);
                }
                try {
                    long unused = task.over.awaitNanos(left);
                } catch (InterruptedException stopped) {
                    interrupted = true;
                    if (task.state() == HashTask.State.WAITING) {
                        queue.remove(task);
                        throw AuthFault.temporary("a password could not be hashed: interrupted", stopped);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
