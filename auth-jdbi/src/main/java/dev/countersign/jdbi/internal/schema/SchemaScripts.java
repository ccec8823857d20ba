package dev.countersign.jdbi.internal.schema;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import dev.countersign.jdbi.internal.sql.Quoted;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.SchemaStatus.Script;
import dev.countersign.jdbi.table.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The schema's scripts, plain SQL files per vendor, and the transaction that each runs in. */
public final class SchemaScripts {

    /** All scripts, in order. */
    public static final ImmutableList<Script> ALL =
            ImmutableList.copyOf(SchemaStatus.ofNothing().scripts());

    private SchemaScripts() {}

    /** {@return the script for a vendor, with the tables' names} */
    public static String sql(Script script, Vendor vendor, TableNames names) {
        try {
            String folder = vendor.name().toLowerCase(Locale.ROOT);
            return Resources.toString(
                            Resources.getResource("dev/countersign/db/" + folder + "/" + script.file()),
                            StandardCharsets.UTF_8)
                    .replaceAll("\\bauth_", Matcher.quoteReplacement(names.prefix()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Runs work in a transaction that excludes other nodes' migrations. */
    static <T> T alone(Handle handle, Vendor vendor, TableNames names, Supplier<T> work) {
        if (handle.isInTransaction()) {
            throw new IllegalStateException("scripts are run in transactions of their own, outside of any other");
        }
        begin(handle, vendor, names);
        try {
            T result = work.get();
            handle.execute("COMMIT");
            return result;
        } catch (RuntimeException failed) {
            rollBack(handle, failed);
            throw failed;
        }
    }

    static void begin(Handle handle, Vendor vendor, TableNames names) {
        switch (vendor) {
            case SQLITE -> beginOnSqlite(handle, names);
            case POSTGRESQL -> beginOnPostgresql(handle, names);
        }
    }

    private static void rollBack(Handle handle, RuntimeException failed) {
        try {
            handle.execute("ROLLBACK");
        } catch (JdbiException lost) {
            failed.addSuppressed(SqlFailure.fault("undoing a script", lost));
        }
    }

    private static void beginOnSqlite(Handle handle, TableNames names) {
        if (names.schema() != null) {
            throw new IllegalArgumentException("SQLite has no schemas; choose a prefix instead of " + names.schema());
        }
        handle.execute("BEGIN IMMEDIATE");
    }

    private static void beginOnPostgresql(Handle handle, TableNames names) {
        // A higher isolation level would still see the state before the wait for the lock.
        handle.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
        handle.execute("SET LOCAL lock_timeout = '60s'");
        handle.execute("SELECT pg_advisory_xact_lock(" + lockNumber(names) + ")");
        if (names.schema() != null) {
            makeSchema(handle, Quoted.name(names.schema()));
            handle.execute("SET LOCAL search_path TO " + Quoted.name(names.schema()));
        }
    }

    // Must be the same in every release.
    private static long lockNumber(TableNames names) {
        return Hashing.sha256()
                .hashString("countersign " + unquoted(names, ""), StandardCharsets.UTF_8)
                .asLong();
    }

    /** A table's name for messages. */
    static String unquoted(TableNames names, String table) {
        return (names.schema() == null ? "" : names.schema() + ".") + names.prefix() + table;
    }

    // Only if it is missing: even IF NOT EXISTS needs the right to create schemas.
    private static void makeSchema(Handle handle, String schema) {
        boolean there = handle.createQuery("SELECT to_regnamespace(:schema) IS NOT NULL")
                .bind("schema", schema)
                .mapTo(Boolean.class)
                .one();
        if (!there) {
            handle.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        }
    }
}
