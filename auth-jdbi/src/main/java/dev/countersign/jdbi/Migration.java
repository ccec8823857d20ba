package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/** Runs the scripts that were not run yet, each in a transaction that no other node's overlaps. */
final class Migration {

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

    void run() {
        SchemaStatus before = status();
        refuseNewer(before);
        for (Script script : scripts) {
            if (script.version() <= before.present()) {
                continue; // No lock, and no right to make tables, where there is nothing to do.
            }
            database.run("running " + script.file(), handle -> {
                // A script over a million rows takes its time; waiting for its lock is bounded elsewhere.
                handle.getConfig(SqlStatements.class).setQueryTimeout(null);
                return unhurried(handle, () -> alone(handle, script));
            });
        }
    }

    // The socket's time-out is meant for requests, too.
    private static <T> T unhurried(Handle handle, Supplier<T> work) {
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

    private boolean alone(Handle handle, Script script) {
        database.vendor(handle).beginAlone(handle, names);
        try {
            SchemaStatus status = status(handle);
            refuseNewer(status);
            if (status.present() < script.version()) {
                handle.createScript(script.sql(database.vendor(handle), names)).executeAsSeparateStatements();
            }
            handle.execute("COMMIT");
            return true;
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
        String table = names.table("schema_version");
        Vendor vendor = database.vendor(handle);
        boolean there = handle.createQuery(vendor.hasTable())
                        .bind("table", table)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        int newest = scripts.isEmpty() ? 0 : scripts.get(scripts.size() - 1).version();
        if (!there) {
            return new SchemaStatus(0, newest, 0);
        }
        return handle.createQuery("SELECT coalesce(max(version), 0) AS present,"
                        + " coalesce(max(coalesce(works_with, version)), 0) AS needed FROM " + table)
                .map((row, context) -> new SchemaStatus(row.getInt("present"), newest, row.getInt("needed")))
                .one();
    }

    private static void refuseNewer(SchemaStatus status) {
        if (status.isTooNew()) {
            throw new IllegalStateException("the database's schema is at version " + status.present()
                    + ", which needs a release that knows version " + status.needed() + "; this one knows "
                    + status.newest());
        }
    }
}
