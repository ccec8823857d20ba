package dev.countersign.jdbi.internal.event;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.EventStore;

/** Creates the store of this package. */
public final class EventStores {

    private EventStores() {}

    public static EventStore events(Database database, TableNames names) {
        return new JdbiEventStore(database, names);
    }
}
