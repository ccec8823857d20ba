package dev.countersign.jdbi.internal.keys;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.KeyRingTable;
import dev.countersign.jdbi.table.TableNames;

/** Creates the table of this package. */
public final class KeyTables {

    private KeyTables() {}

    public static KeyRingTable rings(Database database, TableNames names) {
        return new JdbiKeyRingTable(database, names);
    }
}
