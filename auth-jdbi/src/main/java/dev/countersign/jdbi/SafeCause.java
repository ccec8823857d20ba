package dev.countersign.jdbi;

import dev.countersign.AuthFault;
import java.sql.SQLException;

/** Turns what a driver throws into faults that quote no value: a driver's detail line has the whole row. */
final class SafeCause {

    private SafeCause() {}

    static AuthFault fault(String what, Throwable thrown) {
        SqlFailure failure = SqlFailure.of(thrown);
        Throwable cause = SqlFailure.sqlException(thrown)
                .<Throwable>map(SafeCause::clean)
                .orElseGet(() -> new SQLException(thrown.getClass().getName()));
        cause.setStackTrace(thrown.getStackTrace());
        return failure.isTemporary()
                ? AuthFault.temporary(what + ": the database is unavailable", cause)
                : new AuthFault(what + ": the database refused", cause);
    }

    private static SQLException clean(SQLException original) {
        String state = original.getSQLState();
        String message = original.getMessage();
        // Messages about data (class 22) quote it; in others only the first line is free of it.
        String first = message == null || (state != null && state.startsWith("22"))
                ? original.getClass().getName()
                : message.lines().findFirst().orElse("");
        return new SQLException(first, state, original.getErrorCode());
    }
}
