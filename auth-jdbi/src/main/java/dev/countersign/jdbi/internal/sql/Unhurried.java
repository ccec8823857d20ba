package dev.countersign.jdbi.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/** Runs scripts, batches and checks of a million rows without statement and socket timeouts, which are meant for requests. */
public final class Unhurried {

    private Unhurried() {}

    public static <T> T run(Handle handle, Supplier<T> work) {
        handle.getConfig(SqlStatements.class).setQueryTimeout(null);
        Connection connection = handle.getConnection();
        try {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            try {
                return work.get();
            } finally {
                if (!connection.isClosed()) {
                    connection.setNetworkTimeout(Runnable::run, usual);
                }
            }
        } catch (SQLException broken) {
            throw new ConnectionException(broken);
        }
    }
}
