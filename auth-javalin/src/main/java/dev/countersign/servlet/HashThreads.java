package dev.countersign.servlet;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.LoginApi;
import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.Turns;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for requests that may hash a password: {@code LoginFilter.of(api).hashingOn(HashThreads.of(api))}. There are as many as can wait for the hash
 * budgets of the APIs, so they hold none of the container's threads and nothing waits for one of them; a task beyond that is rejected at once. They are daemons,
 * start when needed and end when they have been idle, so they need no closing. Few of them work at the same time, see {@link Turns}. Thread-safe.
 */
public final class HashThreads implements Executor {

    // For requests that read or write the store before or after their hash.
    private static final int BESIDE_HASHING = 32;
    private static final long IDLE_SECONDS = 10;

    private final Turns turns = Turns.ofThisMachine();
    private final ThreadPoolExecutor threads;

    private HashThreads(int most) {
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "login-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Threads for all requests that the hash budgets of the APIs let wait.
     *
     * @param apis the APIs; those that share a budget count once
     * @return the threads
     */
    public static HashThreads of(LoginApi... apis) {
        requireNonNull(apis, "apis");

        return of(List.of(apis));
    }

    /**
     * Threads for all requests that the hash budgets of the APIs let wait.
     *
     * @param apis the APIs; those that share a budget count once
     * @return the threads
     */
    public static HashThreads of(List<LoginApi> apis) {
        requireNonNull(apis, "apis");

        Set<HashBudget> budgets = Collections.newSetFromMap(new IdentityHashMap<>());
        apis.forEach(api -> budgets.add(api.auth().hashBudget()));
        return new HashThreads(BESIDE_HASHING
                + budgets.stream()
                        .mapToInt(budget ->
                                budget.limits().queue() + budget.limits().permits())
                        .sum());
    }

    /**
     * Runs a task on a thread of its own.
     *
     * @param task answers one request
     * @throws java.util.concurrent.RejectedExecutionException if all threads are busy
     */
    @Override
    public void execute(Runnable task) {
        requireNonNull(task, "task");

        threads.execute(() -> turns.run(task));
    }

    /** {@return how many requests are being answered, including those that wait for their hash} */
    public int busy() {
        return threads.getActiveCount();
    }
}
