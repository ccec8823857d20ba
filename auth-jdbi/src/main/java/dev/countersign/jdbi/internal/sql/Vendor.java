package dev.countersign.jdbi.internal.sql;

import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** The kind of database, and what differs between them in every statement. */
public enum Vendor {
    /** SQLite: one file. */
    SQLITE {
        @Override
        public Argument uuid(UUID uuid) {
            return untyped(uuid.toString());
        }

        // The column's affinity converts the text.
        @Override
        public Argument untyped(@Nullable String text) {
            return (position, statement, context) -> statement.setString(position, text);
        }

        @Override
        public String rowLock() {
            return "";
        }

        @Override
        public Optional<Instant> now(Handle handle) {
            return Optional.empty();
        }

        @Override
        <T> T large(Handle handle, Supplier<T> transaction) {
            return RaisedPragma.around(handle.getConnection(), transaction);
        }
    },

    /** PostgreSQL: a server. */
    POSTGRESQL {
        @Override
        public Argument uuid(UUID uuid) {
            return (position, statement, context) -> statement.setObject(position, uuid);
        }

        // Sent without a type: the server parses it as the column's type.
        @Override
        public Argument untyped(@Nullable String text) {
            return (position, statement, context) -> {
                if (text == null) {
                    statement.setNull(position, Types.OTHER);
                } else {
                    statement.setObject(position, text, Types.OTHER);
                }
            };
        }

        @Override
        public String rowLock() {
            return " FOR UPDATE";
        }

        @Override
        public Optional<Instant> now(Handle handle) {
            return Optional.of(handle.createQuery("SELECT clock_timestamp()")
                    .mapTo(Instant.class)
                    .one());
        }

        @Override
        <T> T large(Handle handle, Supplier<T> transaction) {
            return transaction.get();
        }
    };

    /** A UUID as an argument for a column of type uuid, or of text in a database without that type. */
    public abstract Argument uuid(UUID uuid);

    /** A value in text form as an argument for a column of any type. */
    public abstract Argument untyped(@Nullable String text);

    /** The SQL that keeps other transactions from changing a selected row until this one ends. */
    public abstract String rowLock();

    /** The database server's time; empty if the database has no machine of its own. */
    public abstract Optional<Instant> now(Handle handle);

    /** Runs a transaction of many rows. */
    abstract <T> T large(Handle handle, Supplier<T> transaction);

    /** The vendor of a connection. */
    public static Vendor of(Handle handle) {
        try {
            String product = handle.getConnection().getMetaData().getDatabaseProductName();
            return switch (product) {
                case "SQLite" -> SQLITE;
                case "PostgreSQL" -> POSTGRESQL;
                default ->
                    throw new IllegalArgumentException("users are kept in SQLite or PostgreSQL, not in " + product);
            };
        } catch (SQLException broken) {
            throw SqlFailure.fault("asking for the database's name", broken);
        }
    }
}
