package dev.countersign.jdbi.internal.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;

/**
 * SQLite settings that are raised for one large transaction and restored after it. Every row changes a page of each index: with a larger cache, and
 * fewer checkpoints of the write-ahead log, each page is written fewer times. A value that the application has set itself stays.
 */
enum RaisedPragma {
    /** In kibibytes, which SQLite writes as negative numbers. 8 MiB; imports of 100,000 and of 1,000,000 users both fill it. */
    CACHE_SIZE(-2000, -8192),
    /** In pages; 64 MiB. */
    WAL_AUTOCHECKPOINT(1000, 16_384);

    private final long usual;
    private final long raised;

    RaisedPragma(long usual, long raised) {
        this.usual = usual;
        this.raised = raised;
    }

    static <T> T around(Connection connection, Supplier<T> transaction) {
        Set<RaisedPragma> changed = EnumSet.noneOf(RaisedPragma.class);
        try (Statement statement = connection.createStatement()) {
            for (RaisedPragma pragma : values()) {
                if (pragma.change(statement, pragma.usual, pragma.raised)) {
                    changed.add(pragma);
                }
            }
            try {
                return transaction.get();
            } finally {
                for (RaisedPragma pragma : changed) {
                    pragma.change(statement, pragma.raised, pragma.usual);
                }
            }
        } catch (SQLException broken) {
            throw new ConnectionException(broken);
        }
    }

    private boolean change(Statement statement, long from, long to) throws SQLException {
        String pragma = "PRAGMA " + name().toLowerCase(Locale.ROOT);
        try (ResultSet current = statement.executeQuery(pragma)) {
            if (!current.next() || current.getLong(1) != from) {
                return false;
            }
        }
        statement.execute(pragma + " = " + to);
        return true;
    }
}
