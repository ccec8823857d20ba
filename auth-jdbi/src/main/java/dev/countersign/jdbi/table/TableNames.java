package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema and prefix of Countersign's tables.
 *
 * @param schema the schema, created if it does not exist; null for the connection's own, and for SQLite, which has none
 * @param prefix the prefix of the tables' names
 */
public record TableNames(@Nullable String schema, String prefix) {

    // Only characters that need no quotes in any database, so that the scripts need none.
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,30}");

    /** In the connection's own schema: {@code auth_users}, {@code auth_schema_version}. */
    public static final TableNames STANDARD = new TableNames(null, "auth_");

    /** Rejects a schema or prefix that is not a plain lower-case name of at most 31 characters. */
    public TableNames {
        requireNonNull(prefix, "prefix");

        if (schema != null && !NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException("a schema is named with a-z, 0-9 and _, at most 31: " + schema);
        }
        if (!NAME.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a prefix has a-z, 0-9 and _, at most 31, at least one: " + prefix);
        }
    }

    /**
     * The full name of one of Countersign's tables, for the application's own statements, such as {@code auth_users} for {@code users}.
     *
     * @param name the table's name without the prefix
     * @return the name with schema and prefix, as used in SQL
     */
    public String table(String name) {
        requireNonNull(name, "name");

        // The schema may be a reserved word of SQL and needs quotes; with our prefix the table's name cannot be one.
        return (schema == null ? "" : '"' + schema + "\".") + prefix + name;
    }
}
