package dev.countersign.port;

import java.util.function.Supplier;

/**
 * Stores several writes or none of them. The adapter decides which stores take part; they do so when called on the thread that runs the work.
 * Thread-safe: each thread has its own units. {@code UnitOfWorkContract} in the testkit specifies the behaviour.
 */
public interface UnitOfWork {

    /**
     * Runs work on this thread. Its writes are durable when this method returns, and undone if the work throws; other threads see none of them
     * before. A refusal such as {@link dev.countersign.user.StoreResult.Taken} is a value, after which the work continues. Nested work becomes part
     * of the outer work: its writes are undone if either throws.
     *
     * <p>Work that conflicts with concurrent work is undone and run again, so it should only write, and not hash passwords.
     *
     * @param work the work
     * @param <T> the type of the result
     * @return the result of the work
     * @throws dev.countersign.AuthFault if the database fails. Other exceptions of the work pass through unchanged
     */
    <T> T run(Supplier<T> work);
}
