package dev.countersign.jdbi.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * Opens handles with our settings, and rejects connections whose transaction would never end.
 *
 * @param connections supplies connections
 * @param jdbi opens handles with our settings
 * @param inOthers whether this thread is in a transaction that other code ends
 */
record OpenHandles(ConnectionFactory connections, Jdbi jdbi, BooleanSupplier inOthers) {

    static OpenHandles over(ConnectionFactory connections, Duration statementTimeout, BooleanSupplier inOthers) {
        Jdbi jdbi = Jdbi.create(connections);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(Math.toIntExact(statementTimeout.toSeconds()));
        jdbi.getConfig(SqlStatements.class).addCustomizer(new CommitWarnings());
        return new OpenHandles(connections, jdbi, inOthers);
    }

    /** Handles on one connection with an open transaction, which other code closes. */
    static OpenHandles on(Connection connection, Duration statementTimeout, BooleanSupplier inOthers) {
        return over(new OneConnection(connection), statementTimeout, inOthers);
    }

    Handle open() {
        boolean joins = inOthers.getAsBoolean();
        Handle handle = jdbi.open();
        boolean inTransaction = handle.isInTransaction();
        if (inTransaction) {
            // Closing the handle would roll back a transaction that other code owns.
            handle.getConfig(Handles.class).setForceEndTransactions(false);
        }
        if (inTransaction == joins) {
            return handle;
        }
        handle.close();
        throw new IllegalStateException(
                joins
                        ? "there is a transaction under way, but the connection is in auto-commit mode and so is not part of it: these stores"
                                + " need the data source that gives the transaction's own connection"
                        : "connections come in auto-commit mode; a transaction under way is handed in with within(handle), and one that a"
                                + " framework binds to the thread is found by joining(…)");
    }

    private record OneConnection(Connection connection) implements ConnectionFactory {

        @Override
        public Connection openConnection() throws SQLException {
            return connection;
        }

        @Override
        public void closeConnection(Connection ignored) {
            // The owner closes it.
        }
    }
}
