package dev.countersign.jdbi.internal.store;

import static java.util.Objects.requireNonNull;

import dev.countersign.internal.row.OriginText;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Quoted;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.port.HashSample;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.user.Kept;

/** Creates the stores of single users of our own table. */
public final class OwnTable {

    private OwnTable() {}

    public static UserStore users(Database database, UserTable table) {
        return new JdbiUserStore(database, table);
    }

    public static UserScan scan(Database database, UserTable table) {
        return new TableScan(database, table);
    }

    public static HashSample hashSample(Database database, TableNames names) {
        return new JdbiHashSample(database, names.table("users"), "id", "password_hash");
    }

    /** A hash sample of a mapped table; it needs only the columns of number and hash. */
    public static HashSample hashSample(Database database, TableMapping mapping) {
        return new JdbiHashSample(
                database, Quoted.table(mapping.table()), Quoted.name(mapping.id()), Quoted.name(mapping.hash()));
    }

    public static UnitOfWork unitOfWork(Database database) {
        return new JdbiUnitOfWork(database);
    }

    /** Whether one of the first thousand users has kept a property of an old system. */
    public static boolean hasUsersOf(Database database, TableNames names, Kept what, String system) {
        requireNonNull(what, "what");
        requireNonNull(system, "system");

        return database.run(
                "looking for users of an old system",
                handle -> handle
                        .createQuery("SELECT kept, origin_system FROM " + names.table("users") + " ORDER BY id LIMIT "
                                + UserStore.LARGEST_PAGE)
                        .map((row, context) -> OriginText.read(row.getString("kept"), row.getString("origin_system")))
                        .stream()
                        .anyMatch(origin -> origin.keeps(what, system)));
    }
}
