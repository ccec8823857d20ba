package dev.countersign.jdbi.internal.sql;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work that a thread is running.
 *
 * @param stores identifies the stores that take part
 * @param handle its transaction
 * @param around the unit in which it began; null for none
 */
record RunningUnit(Object stores, Handle handle, @Nullable RunningUnit around) {

    private static final ThreadLocal<@Nullable RunningUnit> CURRENT = new ThreadLocal<>();
    private static final String SAVEPOINT = "countersign_unit_";

    /** The transaction of the unit that this thread is running for those stores; null if it runs none. */
    static @Nullable Handle handle(Object stores) {
        for (RunningUnit unit = CURRENT.get(); unit != null; unit = unit.around) {
            if (unit.stores.equals(stores)) {
                return unit.handle;
            }
        }
        return null;
    }

    /** Runs work as the whole of a transaction, which the caller then commits. */
    static <T> T whole(Object stores, Handle handle, Supplier<T> work) {
        T result = bound(stores, handle, work);
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("the work ended the transaction of its unit");
        }
        // After a failed statement PostgreSQL turns the commit into a rollback, which its driver does not report.
        handle.execute("SELECT 1");
        return result;
    }

    /** Runs work as part of a transaction; an exception undoes only this part. */
    static <T> T part(Object stores, Handle handle, Supplier<T> work) {
        String savepoint = SAVEPOINT + depth();
        handle.savepoint(savepoint);
        try {
            T result = bound(stores, handle, work);
            handle.releaseSavepoint(savepoint);
            return result;
        } catch (RuntimeException | Error thrown) {
            undo(handle, savepoint, thrown);
            throw thrown;
        }
    }

    private static void undo(Handle handle, String savepoint, Throwable thrown) {
        try {
            handle.rollbackToSavepoint(savepoint);
        } catch (JdbiException lost) {
            thrown.addSuppressed(SqlFailure.fault("undoing a part of a unit of work", lost));
        }
    }

    private static <T> T bound(Object stores, Handle handle, Supplier<T> work) {
        RunningUnit around = CURRENT.get();
        CURRENT.set(new RunningUnit(stores, handle, around));
        try {
            return work.get();
        } finally {
            CURRENT.set(around);
        }
    }

    private static int depth() {
        int depth = 0;
        for (RunningUnit unit = CURRENT.get(); unit != null; unit = unit.around) {
            depth++;
        }
        return depth;
    }
}
