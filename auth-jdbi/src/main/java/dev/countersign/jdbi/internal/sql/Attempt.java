package dev.countersign.jdbi.internal.sql;

import dev.countersign.AuthFault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Runs work that may fail for an expected reason: a conflict with another transaction, or a value that another row has. */
public final class Attempt {

    private static final String SAVEPOINT = "countersign";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);

    private Attempt() {}

    /** Repeats a transaction that lost against another one, unless the owner of an outer transaction does so. */
    static <T> T repeated(String what, BooleanSupplier byOthers, Supplier<T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException failed) {
                if (attempt >= SqlFailure.of(failed).retries() || byOthers.getAsBoolean()) {
                    throw SqlFailure.safe(what, failed);
                }
                pause(what, attempt);
            }
        }
    }

    private static void pause(String what, int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 6)).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw AuthFault.temporary(what + ": interrupted", stopped);
        }
    }

    /** Runs a statement that may meet a value of another row: empty if it did; it then left an open transaction unchanged. */
    public static <T> Optional<T> unlessTaken(Handle handle, Supplier<T> statement) {
        boolean inside = handle.isInTransaction();
        if (inside) {
            handle.savepoint(SAVEPOINT);
        }
        try {
            T result = statement.get();
            if (inside) {
                handle.releaseSavepoint(SAVEPOINT);
            }
            return Optional.of(result);
        } catch (JdbiException failed) {
            if (SqlFailure.of(failed) != SqlFailure.UNIQUE) {
                throw failed;
            }
            if (inside) {
                handle.rollbackToSavepoint(SAVEPOINT);
            }
            return Optional.empty();
        }
    }
}
