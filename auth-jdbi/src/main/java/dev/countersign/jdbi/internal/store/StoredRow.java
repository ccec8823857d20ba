package dev.countersign.jdbi.internal.store;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.countersign.internal.row.UserRow;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserProperties;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads users from the rows of our own table. */
public final class StoredRow implements RowMapper<StoredUser> {

    private final UserProperties properties;
    private final ImmutableMap<String, Integer> columns;

    StoredRow(UserProperties properties) {
        this.properties = properties;
        ImmutableList<String> names = UserSql.columns(properties);
        this.columns = Maps.uniqueIndex(ContiguousSet.closedOpen(0, names.size()), names::get);
    }

    @Override
    public StoredUser map(ResultSet row, StatementContext context) throws SQLException {
        return read(row);
    }

    StoredUser read(ResultSet row) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getObject(i + 1);
        }
        return UserRow.read(name -> value(values, columns.get(name)), properties);
    }

    private static @Nullable Object value(@Nullable Object[] values, @Nullable Integer column) {
        return column == null ? null : values[column];
    }
}
