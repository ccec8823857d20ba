package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.folding.Refolding;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Quoted;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserStore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the stores of a mapped table. */
public final class MappedStores {

    private MappedStores() {}

    /** The users; checks that the table and its columns exist, and the trigger that reports changes if there is said to be one. */
    public static UserStore users(Database database, TableNames names, TableMapping mapping) {
        MappedTable table = MappedTable.checked(database, mapping);
        if (mapping.feedsChanges()
                && !hasTrigger(database, names, table.columns().table(), mapping.table())) {
            throw new IllegalArgumentException("the table " + mapping.table() + " has no trigger that inserts into "
                    + names.table("changes") + ", so changes of its users would go unnoticed");
        }
        return new MappedUserStore(database, table);
    }

    private static boolean hasTrigger(Database database, TableNames names, String quoted, String plain) {
        return database.run("looking for a trigger", handle -> {
            boolean onServer = database.vendor(handle) == Vendor.POSTGRESQL;
            String sql = switch (database.vendor(handle)) {
                case SQLITE ->
                    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(:table)"
                            + " AND instr(sql, :changes) > 0";
                case POSTGRESQL ->
                    "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = to_regclass(:table)"
                            + " AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND position(:changes IN p.prosrc) > 0";
            };
            return handle.createQuery(sql)
                            .bind("table", onServer ? quoted : plain.substring(plain.lastIndexOf('.') + 1))
                            .bind("changes", names.prefix() + "changes")
                            .mapTo(Integer.class)
                            .one()
                    > 0;
        });
    }

    /** Computes folded forms again, for the identifiers that have a column for them. */
    public static Refolding refolding(TableMapping mapping) {
        Columns columns = new Columns(mapping);
        return new Refolding(
                columns.table(),
                Quoted.name(mapping.id()),
                Stream.concat(
                                columns.all(EmailColumn.class).flatMap(email -> folded(email.column(), email.folded())),
                                columns.all(UsernameColumn.class)
                                        .flatMap(username -> folded(username.column(), username.folded())))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Stream<Refolding.Column> folded(String text, @Nullable String folded) {
        return folded == null ? Stream.of() : Stream.of(new Refolding.Column(Quoted.name(text), Quoted.name(folded)));
    }
}
