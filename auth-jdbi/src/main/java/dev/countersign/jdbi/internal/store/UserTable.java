package dev.countersign.jdbi.internal.store;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.UserProperties;
import java.util.Arrays;
import java.util.Objects;

/**
 * Our own table of users, with its statements made once.
 *
 * @param name its name, quoted for SQL
 * @param properties the plain values that it stores
 * @param sql the statements
 * @param rows reads users from rows
 */
public record UserTable(String name, UserProperties properties, ImmutableMap<UserSql, String> sql, StoredRow rows) {

    public static UserTable of(TableNames names, UserProperties properties) {
        return new UserTable(
                names.table("users"),
                properties,
                Maps.toMap(Arrays.asList(UserSql.values()), sql -> sql.in(names, properties)),
                new StoredRow(properties));
    }

    public String sql(UserSql which) {
        return Objects.requireNonNull(sql.get(which));
    }
}
