package dev.countersign.jdbi.internal.store;

import dev.countersign.internal.row.UserRow;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserProperties;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads users from the rows of our own table. */
public final class StoredRow implements RowMapper<StoredUser> {

    private final UserProperties properties;

    StoredRow(UserProperties properties) {
        this.properties = properties;
    }

    @Override
    public StoredUser map(ResultSet row, StatementContext context) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.put(columns.getColumnLabel(i), row.getObject(i));
        }
        return UserRow.read(values::get, properties);
    }
}
