package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.Lists;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.ImportedUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Row by row, for a database with no network between. The driver's batches, because it asks for a generated key after every other insert. */
final class RowInsert implements Insert {

    private static final int ROWS = 500;

    @Override
    public BitSet insert(Connection connection, TableNames names, List<ImportedUser> batch, Instant now)
            throws SQLException {
        ImportColumn[] columns = ImportColumn.values();
        String sql = "INSERT INTO " + names.table("users") + " (" + ImportColumn.columns() + ") VALUES ("
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
}
