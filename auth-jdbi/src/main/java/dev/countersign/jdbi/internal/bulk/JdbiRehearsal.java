package dev.countersign.jdbi.internal.bulk;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.internal.store.UserTable;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Runs the import into a temporary table that only one connection sees. Users whom a batch names are copied into it first, so that the batch meets
 * the users that it would meet, with the changes of the batches before.
 */
final class JdbiRehearsal implements BulkUserStore.Rehearsal {

    private static final String STARTING = "starting a rehearsal";
    private static final TableNames SCRATCH = new TableNames(null, "countersign_rehearsal_");

    // The columns that decide about later rows, and the columns that a row must have.
    private static final String COPIED = "id, uuid, email, email_folded, username, username_folded, username_number,"
            + " status, created_at, kept, origin_system, token_issued_at, version";

    private final Database.Held held;
    private final UserTable table;
    private final UserTable copy;
    private final BulkUserStore scratch;

    /** Creates the store over a table. */
    interface Stores {
        BulkUserStore of(Database database, UserTable table);
    }

    private JdbiRehearsal(Database.Held held, UserTable table, Stores stores) {
        this.held = held;
        this.table = table;
        this.copy = UserTable.of(SCRATCH, table.properties());
        this.scratch = stores.of(held.database(), copy);
    }

    static JdbiRehearsal start(Database database, UserTable table, Stores stores) {
        Database.Held held = database.hold(STARTING);
        JdbiRehearsal rehearsal = new JdbiRehearsal(held, table, stores);
        try {
            held.database().run(STARTING, rehearsal::makeTable);
            return rehearsal;
        } catch (RuntimeException failed) {
            held.close();
            throw failed;
        }
    }

    private int makeTable(Handle handle) {
        Vendor vendor = held.database().vendor(handle);
        handle.execute("CREATE TEMPORARY TABLE " + copy.name() + " ("
                + ImportColumns.of(table.properties()).definitions(vendor) + ")");
        return handle.execute(Numbering.same(vendor, table.name(), copy.name()));
    }

    @Override
    public List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting) {
        requireNonNull(onExisting, "onExisting");

        Matches.check(batch);
        held.database().run("comparing users", handle -> copy(handle, batch));
        return scratch.store(batch.stream().map(JdbiRehearsal::named).toList(), onExisting, Instant.EPOCH);
    }

    private int copy(Handle handle, List<ImportedUser> batch) {
        Vendor vendor = held.database().vendor(handle);
        Set<Long> ids = Matches.of(handle, vendor, table.name(), batch).all();
        if (ids.isEmpty()) {
            return 0;
        }
        return handle.createUpdate("INSERT INTO " + copy.name() + " (" + COPIED + ", attributes) SELECT "
                        + COPIED + ", '{}' FROM " + Matches.batch(vendor, "ids", "bigint") + " AS batch CROSS JOIN "
                        + table.name() + " AS users WHERE users.id = batch.value ON CONFLICT DO NOTHING")
                .bind(
                        "ids",
                        JsonText.write(new JsonArray(
                                ids.stream().map(JsonNumber::of).collect(ImmutableList.toImmutableList()))))
                .execute();
    }

    private static ImportedUser named(ImportedUser user) {
        return user.toBuilder().attributes(null).hash(null).build();
    }

    @Override
    public void close() {
        try (held) {
            held.database().run("ending a rehearsal", handle -> handle.execute("DROP TABLE " + copy.name()));
        }
    }
}
