package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/** Runs the scripts that were not run yet, each in a transaction that no other node's overlaps. */
final class Migration {

    private static final String REFOLDING = "refolding";
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final TableNames names;
    private final ImmutableList<Script> scripts;

    Migration(Database database, TableNames names, ImmutableList<Script> scripts) {
        this.database = database;
        this.names = names;
        this.scripts = scripts;
    }

    SchemaStatus status() {
        return database.run("reading the schema's version", this::status);
    }

    /** Tells which ones it ran. */
    ImmutableList<String> run() {
        SchemaStatus before = status();
        refuseUnknown(before);
        ImmutableList.Builder<String> ran = ImmutableList.builder();
        for (Script script : scripts) {
            if (before.hasRun(script)) {
                continue; // No lock, and no right to make tables, where there is nothing to do.
            }
            boolean run = database.run(
                    "running " + script.file(),
                    handle -> unhurried(handle, () -> alone(handle, () -> runPending(handle, script))));
            if (run) {
                ran.add(script.file());
            }
        }
        finishRefolding();
        return ran.build();
    }

    /** Each batch is a transaction: whoever starts at the same time takes part, and after a kill the next start goes on. */
    private void finishRefolding() {
        int lost = 0;
        while (status().isRefolding()) {
            try {
                refold();
            } catch (AuthFault fault) {
                // A server of the release before stored the same form meanwhile; the next look sees it.
                if (SqlFailure.of(fault) != SqlFailure.UNIQUE || ++lost > ATTEMPTS) {
                    throw fault;
                }
            }
        }
    }

    /** Folds all identifiers anew, as after the script. */
    void refoldAll() {
        run();
        database.run(
                "folding identifiers anew",
                handle -> unhurried(
                        handle,
                        () -> alone(handle, () -> {
                            handle.execute("DELETE FROM " + names.table(REFOLDING));
                            return handle.execute("INSERT INTO " + names.table(REFOLDING) + " (after_id) VALUES (0)");
                        })));
        finishRefolding();
    }

    private void refold() {
        database.run(
                "folding identifiers anew",
                handle -> unhurried(
                        handle,
                        () -> alone(handle, () -> {
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
                        })));
    }

    // Scripts, batches and checks of a million rows take their time, and the socket's time-out is meant for requests,
    // too.
    static <T> T unhurried(Handle handle, Supplier<T> work) {
        handle.getConfig(SqlStatements.class).setQueryTimeout(null);
        Connection connection = handle.getConnection();
        try {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            try {
                return work.get();
            } finally {
                if (!connection.isClosed()) {
                    connection.setNetworkTimeout(Runnable::run, usual);
                }
            }
        } catch (SQLException broken) {
            throw new ConnectionException(broken);
        }
    }

    private boolean runPending(Handle handle, Script script) {
        SchemaStatus status = status(handle);
        refuseUnknown(status);
        boolean pending = !status.hasRun(script);
        if (pending) {
            handle.createScript(script.sql(database.vendor(handle), names)).executeAsSeparateStatements();
        }
        return pending;
    }

    private <T> T alone(Handle handle, Supplier<T> work) {
        if (handle.isInTransaction()) {
            throw new IllegalStateException("scripts are run in transactions of their own, outside of any other");
        }
        database.vendor(handle).beginAlone(handle, names);
        try {
            T result = work.get();
            handle.execute("COMMIT");
            return result;
        } catch (RuntimeException failed) {
            rollBack(handle, failed);
            throw failed;
        }
    }

    private static void rollBack(Handle handle, RuntimeException failed) {
        try {
            handle.execute("ROLLBACK");
        } catch (JdbiException lost) {
            failed.addSuppressed(SafeCause.fault("undoing a script", lost));
        }
    }

    private SchemaStatus status(Handle handle) {
        // In this order: another node that makes both at this moment cannot be taken for somebody who made only one.
        boolean users = hasTable(handle, "users");
        boolean versions = hasTable(handle, "schema_version");
        Map<Integer, SchemaScript> known = new TreeMap<>();
        int present = 0;
        int needed = 0;
        for (Applied row : versions ? applied(handle) : ImmutableList.<Applied>of()) {
            known.put(row.script().version(), row.script());
            present = Math.max(present, row.script().version());
            needed = Math.max(needed, row.worksWith());
        }
        for (Script script : scripts) {
            known.putIfAbsent(script.version(), new SchemaScript(script.version(), script.file(), Optional.empty()));
        }
        int newest = scripts.isEmpty() ? 0 : scripts.get(scripts.size() - 1).version();
        return new SchemaStatus(
                present, newest, needed, ImmutableList.copyOf(known.values()), users && !versions, isRefolding(handle));
    }

    private boolean isRefolding(Handle handle) {
        return hasTable(handle, REFOLDING)
                && handle.createQuery("SELECT count(*) FROM " + names.table(REFOLDING))
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    private boolean hasTable(Handle handle, String name) {
        return handle.createQuery(database.vendor(handle).hasTable())
                        .bind("table", names.table(name))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private record Applied(SchemaScript script, int worksWith) {}

    private List<Applied> applied(Handle handle) {
        return handle.createQuery("SELECT version, name, coalesce(works_with, version) AS works_with, applied_at FROM "
                        + names.table("schema_version"))
                .map((row, context) -> new Applied(
                        new SchemaScript(
                                row.getInt("version"),
                                new Script(row.getInt("version"), row.getString("name")).file(),
                                Optional.of(Instant.EPOCH.plus(row.getLong("applied_at"), ChronoUnit.MICROS))),
                        row.getInt("works_with")))
                .list();
    }

    private void refuseUnknown(SchemaStatus status) {
        if (status.isForeign()) {
            throw new IllegalStateException("the database has a table " + names.unquoted("users")
                    + " that these scripts did not make; give them another database, schema or prefix");
        }
        if (status.isTooNew()) {
            throw new IllegalStateException("the database's schema is at version " + status.present()
                    + ", which needs a release that knows version " + status.needed() + "; this one knows "
                    + status.newest());
        }
    }
}
