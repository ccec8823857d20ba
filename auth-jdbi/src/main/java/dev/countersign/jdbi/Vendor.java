package dev.countersign.jdbi;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

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
            return (position, statement, context) -> statement.setString(position, uuid.toString());
        }

        @Override
        String hasTable() {
            return "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :table";
        }
    },

    /** A server. */
    POSTGRESQL {
        @Override
        void beginAlone(Handle handle, TableNames names) {
            handle.execute("BEGIN");
            handle.execute("SET LOCAL lock_timeout = '60s'");
            handle.execute("SELECT pg_advisory_xact_lock(" + lockNumber(names) + ")");
            if (names.schema() != null) {
                handle.execute("CREATE SCHEMA IF NOT EXISTS " + names.schema());
                handle.execute("SET LOCAL search_path TO " + names.schema());
            }
        }

        @Override
        Argument uuid(UUID uuid) {
            return (position, statement, context) -> statement.setObject(position, uuid);
        }

        @Override
        String hasTable() {
            return "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(:table)";
        }
    };

    /** Starts a transaction that no other node's migration overlaps. */
    abstract void beginAlone(Handle handle, TableNames names);

    abstract Argument uuid(UUID uuid);

    abstract String hasTable();

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
                .hashString("countersign " + names.table(""), StandardCharsets.UTF_8)
                .asLong();
    }
}
