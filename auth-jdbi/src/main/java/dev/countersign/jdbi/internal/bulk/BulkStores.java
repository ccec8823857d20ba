package dev.countersign.jdbi.internal.bulk;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.BulkUserStore;

/** Makes the store of this package. */
public final class BulkStores {

    private BulkStores() {}

    public static BulkUserStore users(Database database, TableNames names) {
        return new JdbiBulkUserStore(database, names);
    }
}
