package dev.countersign.port;

import java.util.function.Supplier;

/**
 * Several writes that are stored all or none. The adapter decides which stores take part; they do so when they are called on the
 * thread that runs the work. Thread-safe: each thread has units of its own. The behaviour is pinned down by {@code UnitOfWorkContract} in the testkit.
 */
public interface UnitOfWork {

    /**
     * Runs work on this thread. What it writes is durable when this returns, and undone when the work throws; other threads see none of it before. A
     * refusal such as {@link dev.countersign.user.StoreResult.Taken} is a value, after which the work goes on. Work that runs other work makes it a
     * part of its own: what the inner one wrote is undone when either throws.
     *
     * <p>Work that conflicts with concurrent work is undone and run again, so it should only write, and hash no password.
     *
     * @param work what to do
     * @param <T> the type of the result
     * @return the result of the work
     * @throws dev.countersign.AuthFault if something broke. What the work itself throws comes out unchanged, unless a database threw it
     */
    <T> T run(Supplier<T> work);
}
