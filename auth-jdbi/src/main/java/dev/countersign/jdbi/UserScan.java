package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads our own table row by row and goes on after rows that are no user's. Thread-safe. */
public final class UserScan {

    private static final StoredRow ROW = new StoredRow();

    private final Database database;
    private final TableNames names;

    UserScan(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    /**
     * Reads the next rows.
     *
     * @param after the number before; {@code Long.MIN_VALUE} for the first
     * @param limit the most, 1 to 1000
     * @return the rows by number; none at the end
     */
    public ImmutableList<ScannedUser> page(long after, int limit) {
        int rows = JdbiUserStore.checked(limit);
        return database.run(
                "reading users",
                handle -> handle.createQuery(UserSql.PAGE.in(names))
                        .bind("after", after)
                        .bind("limit", rows)
                        .map(UserScan::read)
                        .collect(ImmutableList.toImmutableList()));
    }

    private static ScannedUser read(ResultSet row, StatementContext context) throws SQLException {
        long id = row.getLong("id");
        try {
            return new ScannedUser(id, ROW.map(row, context), "");
        } catch (AuthFault unreadable) {
            return new ScannedUser(id, null, String.valueOf(unreadable.getMessage()));
        }
    }
}
