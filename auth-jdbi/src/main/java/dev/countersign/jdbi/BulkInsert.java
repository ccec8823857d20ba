package dev.countersign.jdbi;

import dev.countersign.user.ImportedUser;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * Inserts a batch as fast as the database takes it, without the statement machinery between, which costs more than the insert. The answer is the
 * positions that were new.
 */
interface BulkInsert {

    Set<Integer> insert(Connection connection, TableNames names, List<ImportedUser> batch, Instant now)
            throws SQLException;

    default Set<Integer> insert(Handle handle, TableNames names, List<ImportedUser> batch, Instant now) {
        try {
            return insert(handle.getConnection(), names, batch, now);
        } catch (SQLException failed) {
            // Becomes a fault without values like those of every other statement.
            throw new ConnectionException(failed);
        }
    }

    /** Row by row: there is no network between. */
    static Set<Integer> rows(Connection connection, TableNames names, List<ImportedUser> batch, Instant now)
            throws SQLException {
        BulkColumn[] columns = BulkColumn.values();
        String sql = "INSERT INTO " + names.table("users") + " (" + BulkColumn.columns() + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.length, "?")) + ") ON CONFLICT DO NOTHING";
        Set<Integer> added = new TreeSet<>();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int row = 0; row < batch.size(); row++) {
                for (int i = 0; i < columns.length; i++) {
                    insert.setObject(i + 1, columns[i].of(batch.get(row), now));
                }
                if (insert.executeUpdate() > 0) {
                    added.add(row);
                }
            }
        }
        return added;
    }

    /** One statement with an array for every column. */
    static Set<Integer> arrays(Connection connection, TableNames names, List<ImportedUser> batch, Instant now)
            throws SQLException {
        BulkColumn[] columns = BulkColumn.values();
        String table = names.table("users");
        String sql = "INSERT INTO " + table + " (" + BulkColumn.columns() + ") SELECT coalesce(id, nextval((SELECT"
                + " pg_get_serial_sequence('" + table + "', 'id')::regclass))), "
                + BulkColumn.columns().substring("id, ".length()) + " FROM unnest("
                + Stream.of(columns).map(column -> "?::" + column.type() + "[]").collect(Collectors.joining(", "))
                + ") AS batch (" + BulkColumn.columns() + ") ON CONFLICT DO NOTHING RETURNING uuid";
        Set<String> uuids = new TreeSet<>();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                BulkColumn column = columns[i];
                Object[] values =
                        batch.stream().map(user -> column.of(user, now)).toArray();
                Array array = connection.createArrayOf(column.type(), values);
                insert.setArray(i + 1, array);
            }
            try (ResultSet added = insert.executeQuery()) {
                while (added.next()) {
                    uuids.add(added.getString(1));
                }
            }
        }
        keepNumbersGrowing(connection, table, batch);
        Set<Integer> added = new TreeSet<>();
        for (int row = 0; row < batch.size(); row++) {
            if (uuids.contains(batch.get(row).uuid().toString())) {
                added.add(row);
            }
        }
        return added;
    }

    private static void keepNumbersGrowing(Connection connection, String table, List<ImportedUser> batch)
            throws SQLException {
        long highest = batch.stream()
                .mapToLong(user -> user.id() == null ? 0 : user.id().value())
                .max()
                .orElse(0);
        if (highest == 0) {
            return;
        }
        String sql = "SELECT setval(sequence, ?) FROM (SELECT pg_get_serial_sequence('" + table
                + "', 'id')::regclass AS sequence) AS numbers WHERE ? > coalesce(pg_sequence_last_value(sequence), 0)";
        try (PreparedStatement raise = connection.prepareStatement(sql)) {
            raise.setLong(1, highest);
            raise.setLong(2, highest);
            raise.execute();
        }
    }
}
