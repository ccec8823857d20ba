package dev.countersign.jdbi.internal.throttle;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.ThrottleStore;

/** Creates the store of this package. */
public final class ThrottleStores {

    private ThrottleStores() {}

    public static ThrottleStore counts(Database database, TableNames names) {
        return new JdbiThrottleStore(database, names);
    }
}
