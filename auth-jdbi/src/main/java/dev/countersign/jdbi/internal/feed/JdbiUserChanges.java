package dev.countersign.jdbi.internal.feed;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges;
import org.jdbi.v3.core.Handle;

/** The feed of changed users that the triggers of our tables write. */
final class JdbiUserChanges implements UserChanges {

    static final String LISTENING = "listening to changes";

    private final Database database;
    private final TableNames names;

    JdbiUserChanges(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    @Override
    public Listener listen() {
        Handle handle = database.own(LISTENING);
        try {
            return switch (database.vendor(handle)) {
                case SQLITE -> new SqliteListener(database, handle, names);
                case POSTGRESQL -> new PostgresListener(handle, names);
            };
        } catch (RuntimeException failed) {
            handle.close();
            throw SqlFailure.safe(LISTENING, failed);
        }
    }
}
