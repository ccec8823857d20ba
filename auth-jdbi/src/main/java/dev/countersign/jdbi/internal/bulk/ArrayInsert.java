package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.user.ImportedUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Inserts rows with one statement and one array per column. A plain insert is cheaper than one that expects conflicts; it is tried as long as the
 * rows before met no existing user.
 */
final class ArrayInsert implements Insert {

    private static final int ROWS = 1000;

    private final String table;
    private final ImmutableList<ImportColumn> columns;
    private final String sql;

    private final AtomicBoolean metExisting = new AtomicBoolean();

    ArrayInsert(String table, ImportColumns columns) {
        this.table = table;
        this.columns = columns.all();
        this.sql = "INSERT INTO " + table + " (" + columns.names()
                + ") SELECT coalesce(id, nextval((SELECT pg_get_serial_sequence('" + table + "', 'id')::regclass))), "
                + columns.names().substring("id, ".length()) + " FROM unnest("
                + columns.all().stream()
                        .map(column -> "?::" + column.type() + "[]")
                        .collect(Collectors.joining(", "))
                + ") AS batch (" + columns.names() + ")";
    }

    @Override
    public BitSet insert(Connection connection, List<ImportedUser> batch, Instant now) throws SQLException {
        BitSet added = new BitSet(batch.size());
        int first = 0;
        // Before the rows are inserted: a user who registers meanwhile must not get the number of one of them.
        numberFromAbove(connection, batch);
        for (List<ImportedUser> rows : Lists.partition(batch, ROWS)) {
            if (!metExisting.get() && insertAll(connection, rows, now)) {
                added.set(first, first + rows.size());
            } else {
                Set<String> uuids = insertNew(connection, rows, now);
                for (int i = 0; i < rows.size(); i++) {
                    added.set(first + i, uuids.contains(rows.get(i).uuid().toString()));
                }
                metExisting.set(uuids.size() < rows.size());
            }
            first += rows.size();
        }
        return added;
    }

    /** Inserts all rows; returns false and inserts none if one of them meets an existing user. */
    private boolean insertAll(Connection connection, List<ImportedUser> rows, Instant now) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert = prepared(connection, "", rows, now)) {
            insert.executeUpdate();
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException failed) {
            if (SqlFailure.of(failed) != SqlFailure.UNIQUE) {
                throw failed;
            }
            connection.rollback(before);
            return false;
        }
    }

    private Set<String> insertNew(Connection connection, List<ImportedUser> rows, Instant now) throws SQLException {
        Set<String> uuids = new HashSet<>();
        try (PreparedStatement insert = prepared(connection, " ON CONFLICT DO NOTHING RETURNING uuid", rows, now);
                ResultSet added = insert.executeQuery()) {
            while (added.next()) {
                uuids.add(added.getString(1));
            }
        }
        return uuids;
    }

    private PreparedStatement prepared(Connection connection, String end, List<ImportedUser> rows, Instant now)
            throws SQLException {
        PreparedStatement insert = connection.prepareStatement(sql + end);
        for (int i = 0; i < columns.size(); i++) {
            ImportColumn column = columns.get(i);
            Object[] values =
                    rows.stream().map(user -> column.content().of(user, now)).toArray();
            insert.setArray(i + 1, connection.createArrayOf(column.type(), values));
        }
        return insert;
    }

    private void numberFromAbove(Connection connection, List<ImportedUser> batch) throws SQLException {
        long highest = batch.stream()
                .mapToLong(user -> user.id() == null ? 0 : user.id().value())
                .max()
                .orElse(0);
        if (highest > 0) {
            Numbering.raiseOnPostgresql(connection, table, highest);
        }
    }
}
