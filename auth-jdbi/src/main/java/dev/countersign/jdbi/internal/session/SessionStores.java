package dev.countersign.jdbi.internal.session;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.SessionStore;

/** Creates the store of this package. */
public final class SessionStores {

    private SessionStores() {}

    public static SessionStore sessions(Database database, TableNames names) {
        return new JdbiSessionStore(database, names);
    }
}
