package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.Lists;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.jdbi.table.TableNames;
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
import java.util.stream.Stream;

/**
 * Some rows with one statement, an array for every column. A plain insert is cheaper than one that expects conflicts; it is tried as long as the rows
 * before met no existing user.
 */
final class ArrayInsert implements Insert {

    private static final int ROWS = 1000;

    private final AtomicBoolean metExisting = new AtomicBoolean();

    @Override
    public BitSet insert(Connection connection, TableNames names, List<ImportedUser> batch, Instant now)
            throws SQLException {
        String table = names.table("users");
        BitSet added = new BitSet(batch.size());
        int first = 0;
        // Before the rows: who registers meanwhile must not draw a number that one of them has.
        numberFromAbove(connection, table, batch);
        for (List<ImportedUser> rows : Lists.partition(batch, ROWS)) {
            if (!metExisting.get() && insertAll(connection, table, rows, now)) {
                added.set(first, first + rows.size());
            } else {
                Set<String> uuids = insertNew(connection, table, rows, now);
                for (int i = 0; i < rows.size(); i++) {
                    added.set(first + i, uuids.contains(rows.get(i).uuid().toString()));
                }
                metExisting.set(uuids.size() < rows.size());
            }
            first += rows.size();
        }
        return added;
    }

    /** False, and no trace, if one of the rows met an existing user. */
    private static boolean insertAll(Connection connection, String table, List<ImportedUser> rows, Instant now)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert = prepared(connection, table, "", rows, now)) {
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

    private static Set<String> insertNew(Connection connection, String table, List<ImportedUser> rows, Instant now)
            throws SQLException {
        Set<String> uuids = new HashSet<>();
        try (PreparedStatement insert =
                        prepared(connection, table, " ON CONFLICT DO NOTHING RETURNING uuid", rows, now);
                ResultSet added = insert.executeQuery()) {
            while (added.next()) {
                uuids.add(added.getString(1));
            }
        }
        return uuids;
    }

    private static PreparedStatement prepared(
            Connection connection, String table, String end, List<ImportedUser> rows, Instant now) throws SQLException {
        ImportColumn[] columns = ImportColumn.values();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " (" + ImportColumn.columns()
                + ") SELECT coalesce(id, nextval((SELECT pg_get_serial_sequence('" + table + "', 'id')::regclass))), "
                + ImportColumn.columns().substring("id, ".length()) + " FROM unnest("
                + Stream.of(columns).map(column -> "?::" + column.type() + "[]").collect(Collectors.joining(", "))
                + ") AS batch (" + ImportColumn.columns() + ")" + end);
        for (int i = 0; i < columns.length; i++) {
            ImportColumn column = columns[i];
            Object[] values = rows.stream().map(user -> column.of(user, now)).toArray();
            insert.setArray(i + 1, connection.createArrayOf(column.type(), values));
        }
        return insert;
    }

    private static void numberFromAbove(Connection connection, String table, List<ImportedUser> batch)
            throws SQLException {
        long highest = batch.stream()
                .mapToLong(user -> user.id() == null ? 0 : user.id().value())
                .max()
                .orElse(0);
        if (highest > 0) {
            Numbering.raiseOnPostgresql(connection, table, highest);
        }
    }
}
