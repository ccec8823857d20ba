package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.countersign.user.ImportedUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Inserts row by row, for an embedded database. Uses the driver's batches: after any other insert the driver queries the generated key. */
final class RowInsert implements Insert {

    private static final int ROWS = 500;

    private final ImmutableList<ImportColumn> columns;
    private final String sql;

    RowInsert(String table, ImportColumns columns) {
        this.columns = columns.all();
        this.sql = "INSERT INTO " + table + " (" + columns.names() + ") VALUES ("
                + String.join(", ", Collections.nCopies(this.columns.size(), "?")) + ") ON CONFLICT DO NOTHING";
    }

    @Override
    public BitSet insert(Connection connection, List<ImportedUser> batch, Instant now) throws SQLException {
        BitSet added = new BitSet(batch.size());
        int first = 0;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (List<ImportedUser> rows : Lists.partition(batch, ROWS)) {
                for (ImportedUser user : rows) {
                    for (int i = 0; i < columns.size(); i++) {
                        insert.setObject(i + 1, columns.get(i).content().of(user, now));
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
