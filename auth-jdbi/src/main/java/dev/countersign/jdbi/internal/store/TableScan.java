package dev.countersign.jdbi.internal.store;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.PageSize;
import dev.countersign.jdbi.table.ScannedUser;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.jdbi.table.UserScan;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Pages of rows, each read for itself. */
final class TableScan implements UserScan {

    private static final StoredRow ROW = new StoredRow();

    private final Database database;
    private final TableNames names;

    TableScan(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    @Override
    public ImmutableList<ScannedUser> page(long after, int limit) {
        int rows = PageSize.checked(limit);
        return database.run(
                "reading users",
                handle -> handle.createQuery(UserSql.PAGE.in(names))
                        .bind("after", after)
                        .bind("limit", rows)
                        .map(TableScan::read)
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
