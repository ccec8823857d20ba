package dev.countersign.jdbi;

import dev.countersign.AuthFault;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** Turns what a driver throws into faults that quote no value: a driver's detail line has the whole row. */
final class SafeCause {

    private SafeCause() {}

    /** What may come out: as it is if it has nothing to do with a database, or is a fault already. */
    static RuntimeException safe(String what, RuntimeException thrown) {
        boolean harmless = !(thrown instanceof JdbiException)
                && SqlFailure.sqlException(thrown)
                        .map(SafeSqlException.class::isInstance)
                        .orElse(true);
        return harmless ? thrown : fault(what, thrown);
    }

    static AuthFault fault(String what, Throwable thrown) {
        SqlFailure failure = SqlFailure.of(thrown);
        Throwable cause = SqlFailure.sqlException(thrown)
                .<Throwable>map(original -> clean(original, failure))
                .orElseGet(() -> new SQLException("the database's library failed"));
        cause.setStackTrace(thrown.getStackTrace());
        return failure.isTemporary()
                ? AuthFault.temporary(what + ": the database is unavailable", cause)
                : new AuthFault(what + ": the database refused", cause);
    }

    private static SQLException clean(SQLException original, SqlFailure failure) {
        String state = original.getSQLState();
        String message = original.getMessage();
        // Messages about data (class 22) quote it; in others only the first line is free of it.
        String first = message == null || (state != null && state.startsWith("22"))
                ? "a value was not taken (SQLSTATE " + state + ")"
                : message.lines().findFirst().orElse("");
        return new SafeSqlException(first, original, failure);
    }
}
