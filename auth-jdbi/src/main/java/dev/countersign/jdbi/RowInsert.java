package dev.countersign.jdbi;

import com.google.common.collect.Lists;
import dev.countersign.user.ImportedUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Row by row, for a database with no network between. The driver's batches, because it asks for a generated key after every other insert. */
final class RowInsert implements BulkInsert {

    private static final int ROWS = 500;

    @Override
    public BitSet insert(Connection connection, TableNames names, List<ImportedUser> batch, Instant now)
            throws SQLException {
        BulkColumn[] columns = BulkColumn.values();
        String sql = "INSERT INTO " + names.table("users") + " (" + BulkColumn.columns() + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.length, "?")) + ") ON CONFLICT DO NOTHING";
        BitSet added = new BitSet(batch.size());
        int first = 0;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (List<ImportedUser> rows : Lists.partition(batch, ROWS)) {
                for (ImportedUser user : rows) {
                    for (int i = 0; i < columns.length; i++) {
                        insert.setObject(i + 1, columns[i].of(user, now));
                    }
                    insert.addBatch();
                }
                int[] inserted = insert.executeBatch();
                for (int i = 0; i < inserted.length; i++) {
                    added.set(first + i, inserted[i] > 0);
                }
                first += inserted.length;
            }
        }
        return added;
    }

    /** Makes new users get numbers above one; numbers never go back. */
    static void raise(Connection connection, String table, long highest) throws SQLException {
        try (PreparedStatement known =
                        connection.prepareStatement("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?");
                PreparedStatement unknown = connection.prepareStatement(
                        "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? WHERE NOT EXISTS"
                                + " (SELECT 1 FROM sqlite_sequence WHERE name = ?)")) {
            known.setLong(1, highest);
            known.setString(2, table);
            known.executeUpdate();
            unknown.setString(1, table);
            unknown.setLong(2, highest);
            unknown.setString(3, table);
            unknown.executeUpdate();
        }
    }
}
