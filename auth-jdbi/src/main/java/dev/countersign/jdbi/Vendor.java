package dev.countersign.jdbi;

import com.google.common.hash.Hashing;
import dev.countersign.jdbi.MappedColumn.Unit;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** All that differs between the databases. */
enum Vendor {
    /** One file. */
    SQLITE {
        @Override
        void beginAlone(Handle handle, TableNames names) {
            if (names.schema() != null) {
                throw new IllegalArgumentException(
                        "SQLite has no schemas; choose a prefix instead of " + names.schema());
            }
            handle.execute("BEGIN IMMEDIATE");
        }

        @Override
        Argument uuid(UUID uuid) {
            return untyped(uuid.toString());
        }

        // The column's affinity makes it what it is.
        @Override
        Argument untyped(@Nullable String text) {
            return (position, statement, context) -> statement.setString(position, text);
        }

        @Override
        String rowLock() {
            return "";
        }

        @Override
        String readTimestamp(String column) {
            return column;
        }

        @Override
        Unit timestampsReadAs() {
            return Unit.TIMESTAMP;
        }

        @Override
        Optional<Instant> now(Handle handle) {
            return Optional.empty();
        }

        @Override
        String zoneSuffix() {
            return "";
        }

        @Override
        String hasTable() {
            return "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :table";
        }

        @Override
        BulkInsert inserting() {
            return new RowInsert();
        }

        @Override
        void raiseNumbers(Connection connection, String table, long highest) throws SQLException {
            RowInsert.raise(connection, table, highest);
        }

        @Override
        <T> T large(Handle handle, Supplier<T> transaction) {
            return BulkPragma.around(handle.getConnection(), transaction);
        }

        @Override
        String numbered() {
            return "INTEGER PRIMARY KEY AUTOINCREMENT";
        }

        @Override
        String sameNumbers(String table, String copy) {
            return "INSERT INTO temp.sqlite_sequence (name, seq) SELECT '" + copy
                    + "', seq FROM main.sqlite_sequence WHERE name = '" + table + "'";
        }

        @Override
        String batch(String parameter, String type) {
            return "(SELECT key AS position, value FROM json_each(:" + parameter + "))";
        }
    },

    /** A server. */
    POSTGRESQL {
        @Override
        void beginAlone(Handle handle, TableNames names) {
            // Another level would go on seeing what was there before the wait for the lock.
            handle.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
            handle.execute("SET LOCAL lock_timeout = '60s'");
            handle.execute("SELECT pg_advisory_xact_lock(" + lockNumber(names) + ")");
            if (names.schema() != null) {
                makeSchema(handle, TableNames.quoted(names.schema()));
                handle.execute("SET LOCAL search_path TO " + TableNames.quoted(names.schema()));
            }
        }

        // Only if it has to be: IF NOT EXISTS, too, asks for the right to make one.
        private void makeSchema(Handle handle, String schema) {
            boolean there = handle.createQuery("SELECT to_regnamespace(:schema) IS NOT NULL")
                    .bind("schema", schema)
                    .mapTo(Boolean.class)
                    .one();
            if (!there) {
                handle.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            }
        }

        @Override
        Argument uuid(UUID uuid) {
            return (position, statement, context) -> statement.setObject(position, uuid);
        }

        // Sent without a type: the server reads it as the column's.
        @Override
        Argument untyped(@Nullable String text) {
            return (position, statement, context) -> {
                if (text == null) {
                    statement.setNull(position, Types.OTHER);
                } else {
                    statement.setObject(position, text, Types.OTHER);
                }
            };
        }

        @Override
        String rowLock() {
            return " FOR UPDATE";
        }

        // Neither the session's zone nor the JVM's has a say in this form.
        @Override
        String readTimestamp(String column) {
            return "CAST(extract(epoch FROM " + column + ") * 1000000 AS BIGINT)";
        }

        @Override
        Unit timestampsReadAs() {
            return Unit.MICROSECONDS;
        }

        // Ignored by a column without zone, as it should be: such columns are in UTC.
        @Override
        Optional<Instant> now(Handle handle) {
            return Optional.of(handle.createQuery("SELECT clock_timestamp()")
                    .mapTo(Instant.class)
                    .one());
        }

        @Override
        String zoneSuffix() {
            return "+00:00";
        }

        @Override
        String hasTable() {
            return "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(:table)";
        }

        @Override
        BulkInsert inserting() {
            return new ArrayInsert();
        }

        @Override
        void raiseNumbers(Connection connection, String table, long highest) throws SQLException {
            ArrayInsert.raise(connection, table, highest);
        }

        @Override
        <T> T large(Handle handle, Supplier<T> transaction) {
            return transaction.get();
        }

        @Override
        String numbered() {
            return "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
        }

        @Override
        String sameNumbers(String table, String copy) {
            return "SELECT setval(pg_get_serial_sequence('" + copy + "', 'id'), pg_sequence_last_value("
                    + "pg_get_serial_sequence('" + table + "', 'id')::regclass))";
        }

        @Override
        String batch(String parameter, String type) {
            return "(SELECT ordinality - 1 AS position, CAST(value AS " + type
                    + ") AS value FROM json_array_elements_text(CAST(:" + parameter + " AS json)) WITH ORDINALITY)";
        }
    };

    /** Starts a transaction that no other node's migration overlaps. */
    abstract void beginAlone(Handle handle, TableNames names);

    abstract Argument uuid(UUID uuid);

    /** A value in text form for a column of any type. */
    abstract Argument untyped(@Nullable String text);

    /** What makes a query keep others from changing the row until the transaction ends. */
    abstract String rowLock();

    /** The expression to read a timestamp column by. */
    abstract String readTimestamp(String column);

    /** What that expression gives. */
    abstract Unit timestampsReadAs();

    /** The time of the machine that has the database; empty if that is this one. */
    abstract Optional<Instant> now(Handle handle);

    /** What follows a timestamp when it is written. */
    abstract String zoneSuffix();

    abstract String hasTable();

    /** A new way of inserting, which learns from what it meets. */
    abstract BulkInsert inserting();

    /** Makes new rows get numbers above one, inside a transaction; numbers never go back. */
    abstract void raiseNumbers(Connection connection, String table, long highest) throws SQLException;

    /** Runs a transaction of many rows. */
    abstract <T> T large(Handle handle, Supplier<T> transaction);

    /** What a column is whose values count up by themselves. */
    abstract String numbered();

    /** What makes a copy of a table count up from where the table is. */
    abstract String sameNumbers(String table, String copy);

    /** A table of position and value, made from a JSON array of values of that type. */
    abstract String batch(String parameter, String type);

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Vendor of(Handle handle) {
        try {
            String product = handle.getConnection().getMetaData().getDatabaseProductName();
            return switch (product) {
                case "SQLite" -> SQLITE;
                case "PostgreSQL" -> POSTGRESQL;
                default ->
                    throw new IllegalArgumentException("users are kept in SQLite or PostgreSQL, not in " + product);
            };
        } catch (SQLException broken) {
            throw SafeCause.fault("asking for the database's name", broken);
        }
    }

    private static long lockNumber(TableNames names) {
        return Hashing.sha256()
                .hashString("countersign " + names.unquoted(""), StandardCharsets.UTF_8)
                .asLong();
    }
}
