package dev.countersign.jdbi.internal.sql;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.sql.Connection;
import java.util.List;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Takes connections from an application's own Jdbi, so that neither side's plug-ins and settings affect the other. */
public final class LentConnections implements ConnectionFactory {

    private final Jdbi owner;

    // A framework that binds a transaction to a thread may lend the same connection again before it is returned.
    private final ListMultimap<Connection, Handle> open = ArrayListMultimap.create();

    public LentConnections(Jdbi owner) {
        this.owner = owner;
    }

    @Override
    public Connection openConnection() {
        Handle handle = owner.open();
        // The application began this transaction, so closing the handle must not roll it back.
        handle.getConfig(Handles.class).setForceEndTransactions(false);
        Connection connection = handle.getConnection();
        synchronized (this) {
            open.put(connection, handle);
        }
        return connection;
    }

    @Override
    public void closeConnection(Connection connection) {
        Handle handle = take(connection);
        if (handle != null) {
            handle.close();
        }
    }

    private synchronized @Nullable Handle take(Connection connection) {
        List<Handle> lent = open.get(connection);
        return lent.isEmpty() ? null : lent.remove(lent.size() - 1);
    }
}
