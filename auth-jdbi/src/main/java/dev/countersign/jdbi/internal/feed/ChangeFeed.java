package dev.countersign.jdbi.internal.feed;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges;

/** Creates the feed of this package. */
public final class ChangeFeed {

    private ChangeFeed() {}

    public static UserChanges of(Database database, TableNames names) {
        return new JdbiUserChanges(database, names);
    }
}
