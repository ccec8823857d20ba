package dev.countersign.port;

import java.util.function.Supplier;

/**
 * Several writes that are stored all or none. Which stores take part is for the adapter to say; they do so by themselves when they are called on the
 * thread that runs the work. Thread-safe: each thread has units of its own. The behaviour is pinned down by {@code UnitOfWorkContract} in the testkit.
 */
public interface UnitOfWork {

    /**
     * Runs work on this thread. What it writes is durable when this returns, and undone when the work throws; nobody else sees any of it before. A
     * refusal such as {@link dev.countersign.user.StoreResult.Taken} is a value, after which the work goes on. Work that runs other work makes it a
     * part of its own: what the inner one wrote is undone when either throws.
     *
     * <p>Work that lost against somebody else's at the same time is undone and run again, so it should do nothing but write, and hash no password.
     *
     * @param work what to do
     * @param <T> what comes of it
     * @return the result of the work
     * @throws dev.countersign.AuthFault if something broke. What the work itself throws comes out unchanged, unless a database threw it
     */
    <T> T run(Supplier<T> work);
}
