package dev.countersign.jdbi.internal.check;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.jdbi.table.UserScan;

/** All checks of our own tables. */
public final class Checks {

    private Checks() {}

    /** {@return the checks, the most general first} */
    public static ImmutableList<StoreCheck> of(Database database, TableNames names, UserScan scan) {
        return ImmutableList.of(
                new StructureCheck(database, names), new RowCheck(scan), new IdentifierCheck(database, names));
    }
}
