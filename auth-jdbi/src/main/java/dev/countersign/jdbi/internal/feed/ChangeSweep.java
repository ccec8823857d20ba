package dev.countersign.jdbi.internal.feed;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import java.time.Duration;

/** Deletes changes that every listener has read. */
public final class ChangeSweep {

    /** How long a change is kept. A transaction may take so long, too, from its change to its commit. */
    static final Duration KEPT = Duration.ofHours(6);

    private static final int BATCH = 500;

    private final Database database;
    private final String changes;

    public ChangeSweep(Database database, TableNames names) {
        this.database = database;
        this.changes = names.table("changes");
    }

    /** Deletes old changes in short transactions. */
    public void run() {
        int deleted;
        do {
            deleted = database.run(
                    "deleting old changes",
                    handle -> handle.createUpdate("DELETE FROM " + changes
                                    + " WHERE seq IN (SELECT seq FROM " + changes + " WHERE stored_at < "
                                    + now(database.vendor(handle)) + " - :kept ORDER BY seq LIMIT :limit)")
                            .bind("kept", Math.multiplyExact(KEPT.toSeconds(), 1_000_000L))
                            .bind("limit", BATCH)
                            .execute());
        } while (deleted == BATCH);
    }

    // The time of the database, like the columns' default.
    private static String now(Vendor vendor) {
        return switch (vendor) {
            case SQLITE -> "CAST(strftime('%s', 'now') AS INTEGER) * 1000000";
            case POSTGRESQL -> "CAST(extract(epoch FROM clock_timestamp()) AS BIGINT) * 1000000";
        };
    }
}
