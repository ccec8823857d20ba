package dev.countersign.jdbi.internal.schema;

import static dev.countersign.jdbi.internal.schema.SchemaVersion.REFOLDING;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.folding.Refolding;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.jdbi.internal.sql.Unhurried;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.SchemaStatus.Script;
import dev.countersign.jdbi.table.TableNames;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs the scripts that have not run yet, each in a transaction that excludes other nodes' migrations. */
public final class Migration {

    private static final int ATTEMPTS = 10;

    private final Database database;
    private final TableNames names;
    private final ImmutableList<Script> scripts;
    private final SchemaVersion version;

    public Migration(Database database, TableNames names, ImmutableList<Script> scripts) {
        this.database = database;
        this.names = names;
        this.scripts = scripts;
        this.version = new SchemaVersion(database, names, scripts);
    }

    public SchemaStatus status() {
        return database.run("reading the schema's version", version::read);
    }

    /** {@return the scripts that this call ran} */
    public ImmutableList<String> run() {
        SchemaStatus before = status();
        version.refuseUnknown(before);
        ImmutableList.Builder<String> ran = ImmutableList.builder();
        for (Script script : scripts) {
            if (SchemaVersion.hasRun(before, script)) {
                continue; // With nothing to do, needs neither the lock nor the right to create tables.
            }
            if (alone("running " + script.file(), handle -> runPending(handle, script))) {
                ran.add(script.file());
            }
        }
        finishRefolding();
        return ran.build();
    }

    private boolean runPending(Handle handle, Script script) {
        SchemaStatus status = version.read(handle);
        version.refuseUnknown(status);
        boolean pending = !SchemaVersion.hasRun(status, script);
        if (pending) {
            handle.createScript(SchemaScripts.sql(script, database.vendor(handle), names))
                    .executeAsSeparateStatements();
        }
        return pending;
    }

    /** Each batch is a transaction: nodes that start at the same time share the work, and after a crash the next start continues. */
    private void finishRefolding() {
        int lost = 0;
        while (status().isRefolding()) {
            try {
                alone("folding identifiers anew", this::refoldBatch);
            } catch (AuthFault fault) {
                // A server of the former release stored the same form meanwhile; the next attempt sees it.
                if (SqlFailure.of(fault) != SqlFailure.UNIQUE || ++lost > ATTEMPTS) {
                    throw fault;
                }
            }
        }
    }

    /** Computes all folded forms again, as after the script. */
    public void refoldAll() {
        run();
        alone("folding identifiers anew", handle -> {
            handle.execute("DELETE FROM " + names.table(REFOLDING));
            return handle.execute("INSERT INTO " + names.table(REFOLDING) + " (after_id) VALUES (0)");
        });
        finishRefolding();
    }

    private int refoldBatch(Handle handle) {
        Optional<Long> after = handle.createQuery("SELECT after_id FROM " + names.table(REFOLDING))
                .mapTo(Long.class)
                .findFirst();
        if (after.isEmpty()) {
            return 0;
        }
        long last = Refolding.of(names).batch(handle, after.get());
        return last == Refolding.END
                ? handle.execute("DELETE FROM " + names.table(REFOLDING))
                : handle.execute("UPDATE " + names.table(REFOLDING) + " SET after_id = ?", last);
    }

    private <T> T alone(String what, Function<Handle, T> work) {
        return database.run(
                what,
                handle -> Unhurried.run(
                        handle,
                        () -> SchemaScripts.alone(handle, database.vendor(handle), names, () -> work.apply(handle))));
    }
}
