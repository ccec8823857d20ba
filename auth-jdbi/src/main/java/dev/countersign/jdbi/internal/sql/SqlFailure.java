package dev.countersign.jdbi.internal.sql;

import dev.countersign.AuthFault;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a failed statement, and how often it is worth another attempt in a new transaction. Makes faults that quote no value, because a
 * driver's message can contain the whole row.
 */
public enum SqlFailure {
    /** Another row has the value. */
    UNIQUE(0),
    /** Lost against a concurrent transaction; the next attempt sees its result. */
    CONFLICT(10),
    /** Another transaction held the lock for longer than a statement may take. */
    BUSY(0),
    /** The connection, or the whole database, is read-only; a new connection may be able to write. */
    READ_ONLY(1),
    /** No connection, no answer in time, no space, or a failing disk. */
    UNAVAILABLE(0),
    /** Any other failure. */
    BROKEN(0);

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_NOMEM = 7;
    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;
    private static final int SQLITE_PROTOCOL = 15;

    private final int retries;

    SqlFailure(int retries) {
        this.retries = retries;
    }

    public int retries() {
        return retries;
    }

    public boolean isTemporary() {
        return this == CONFLICT || this == BUSY || this == READ_ONLY || this == UNAVAILABLE;
    }

    public static SqlFailure of(Throwable thrown) {
        return sqlException(thrown).map(SqlFailure::classify).orElse(BROKEN);
    }

    public static Optional<SQLException> sqlException(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static SqlFailure classify(SQLException sql) {
        if (sql instanceof SafeSqlException known) {
            return known.failure;
        }
        String state = sql.getSQLState();
        if (state == null || state.isEmpty()) {
            return isSqlite(sql) ? ofSqlite(sql) : ofType(sql);
        }
        return switch (state) {
            case "23505" -> UNIQUE;
            case "40001", "40P01" -> CONFLICT;
            case "55P03" -> BUSY;
            case "25006" -> READ_ONLY;
            // The server stops or starts, ended an idle session, or cancelled a statement that took too long; or a disk
            // fails.
            case "57P01", "57P02", "57P03", "57P05", "57014", "58030" -> UNAVAILABLE;
            // No connection; too little space or memory, or too many connections.
            default -> state.startsWith("08") || state.startsWith("53") ? UNAVAILABLE : ofType(sql);
        };
    }

    private static boolean isSqlite(SQLException sql) {
        return sql.getClass().getName().startsWith("org.sqlite.");
    }

    private static SqlFailure ofSqlite(SQLException sql) {
        String message = String.valueOf(sql.getMessage());
        return switch (sql.getErrorCode() & 0xff) {
            case SQLITE_BUSY -> message.contains("SNAPSHOT") || message.contains("RECOVERY") ? CONFLICT : BUSY;
            case SQLITE_LOCKED, SQLITE_PROTOCOL -> BUSY;
            case SQLITE_READONLY -> READ_ONLY;
            case SQLITE_NOMEM, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN -> UNAVAILABLE;
            default -> message.contains("SQLITE_CONSTRAINT_UNIQUE") ? UNIQUE : BROKEN;
        };
    }

    // A pool without free connections reports no SQLSTATE.
    private static SqlFailure ofType(SQLException sql) {
        return sql instanceof SQLTransientException
                        || sql instanceof SQLTimeoutException
                        || sql instanceof SQLRecoverableException
                ? UNAVAILABLE
                : BROKEN;
    }

    /** The exception to pass on: unchanged if it is a fault already or does not come from a database. */
    public static RuntimeException safe(String what, RuntimeException thrown) {
        boolean harmless = !(thrown instanceof JdbiException)
                && sqlException(thrown).map(SafeSqlException.class::isInstance).orElse(true);
        return harmless ? thrown : fault(what, thrown);
    }

    /** A fault that names the attempted action and contains the database's message without values. */
    public static AuthFault fault(String what, Throwable thrown) {
        SqlFailure failure = of(thrown);
        Throwable cause = sqlException(thrown)
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
        // Messages about data (class 22) quote it; in others only the first line is free of values.
        String first = message == null || (state != null && state.startsWith("22"))
                ? "a value was not taken (SQLSTATE " + state + ")"
                : message.lines().findFirst().orElse("");
        return new SafeSqlException(first, original, failure);
    }

    /** Replaces a driver's exception, without its values; keeps the name of the original type. */
    private static final class SafeSqlException extends SQLException {

        private static final long serialVersionUID = 1L;

        private final SqlFailure failure;

        SafeSqlException(String message, SQLException original, SqlFailure failure) {
            super(message, original.getSQLState(), original.getErrorCode());
            this.failure = failure;
        }
    }
}
