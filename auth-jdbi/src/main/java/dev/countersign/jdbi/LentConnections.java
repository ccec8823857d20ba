package dev.countersign.jdbi;

import java.sql.Connection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/** Connections of an application's own Jdbi, so that its plug-ins and settings and ours do not meet. */
final class LentConnections implements ConnectionFactory {

    private final Jdbi owner;
    private final ConcurrentMap<Connection, Handle> open = new ConcurrentHashMap<>();

    LentConnections(Jdbi owner) {
        this.owner = owner;
    }

    @Override
    public Connection openConnection() {
        Handle handle = owner.open();
        // A transaction that we did not begin is not ours to roll back.
        handle.getConfig(Handles.class).setForceEndTransactions(false);
        open.put(handle.getConnection(), handle);
        return handle.getConnection();
    }

    @Override
    public void closeConnection(Connection connection) {
        Handle handle = open.remove(connection);
        if (handle != null) {
            handle.close();
        }
    }
}
