package dev.countersign.jdbi;

import java.sql.SQLException;

/** What is left of a driver's exception when its values are gone; knows what it was. */
final class SafeSqlException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final SqlFailure failure;

    SafeSqlException(String message, SQLException original, SqlFailure failure) {
        super(message, original.getSQLState(), original.getErrorCode());
        this.failure = failure;
    }

    SqlFailure failure() {
        return failure;
    }
}
