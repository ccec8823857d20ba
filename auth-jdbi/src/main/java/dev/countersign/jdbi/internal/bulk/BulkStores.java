package dev.countersign.jdbi.internal.bulk;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.store.UserTable;
import dev.countersign.port.BulkUserStore;

/** Creates the store of this package. */
public final class BulkStores {

    private BulkStores() {}

    public static BulkUserStore users(Database database, UserTable table) {
        return new JdbiBulkUserStore(database, table);
    }
}
