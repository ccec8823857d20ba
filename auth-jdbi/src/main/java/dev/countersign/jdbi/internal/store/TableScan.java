package dev.countersign.jdbi.internal.store;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.PageSize;
import dev.countersign.jdbi.table.ScannedUser;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.user.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads pages of rows, each row on its own. */
final class TableScan implements UserScan {

    private final Database database;
    private final UserTable table;

    TableScan(Database database, UserTable table) {
        this.database = database;
        this.table = table;
    }

    @Override
    public ImmutableList<ScannedUser> page(long after, int limit) {
        int rows = PageSize.checked(limit);
        return database.run(
                "reading users",
                handle -> handle.createQuery(table.sql(UserSql.PAGE))
                        .bind("after", after)
                        .bind("limit", rows)
                        .map(this::read)
                        .collect(ImmutableList.toImmutableList()));
    }

    @Override
    public ImmutableList<ScannedUser> containing(Identifier part, long after, int limit) {
        int rows = PageSize.checked(limit);
        return database.run(
                "finding users",
                handle -> handle.createQuery(table.sql(UserSql.CONTAINING))
                        .bind("part", "%" + literal(part.folded()) + "%")
                        .bind("after", after)
                        .bind("limit", rows)
                        .map(this::read)
                        .collect(ImmutableList.toImmutableList()));
    }

    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private ScannedUser read(ResultSet row, StatementContext context) throws SQLException {
        long id = row.getLong("id");
        try {
            return new ScannedUser(id, table.rows().map(row, context), "");
        } catch (AuthFault unreadable) {
            return new ScannedUser(id, null, String.valueOf(unreadable.getMessage()));
        }
    }
}
