package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where our tables are.
 *
 * @param schema the schema, which is made if it is not there; null for the connection's own. SQLite has none
 * @param prefix what the tables' names begin with
 */
public record TableNames(@Nullable String schema, String prefix) {

    // No sign that needs quotes in any database, so that the scripts need none.
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,30}");

    /** In the connection's own schema: {@code auth_users}, {@code auth_schema_version}. */
    public static final TableNames STANDARD = new TableNames(null, "auth_");

    /** Refuses what is not a plain lower-case name of at most 31 characters. */
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
     * The name of one of our tables, for statements of the application's own, such as {@code auth_users} for {@code users}.
     *
     * @param name the table's name without the prefix
     * @return the name with schema and prefix, as SQL has it
     */
    public String table(String name) {
        requireNonNull(name, "name");

        // The schema alone can be a word of SQL: after the prefix comes a name of ours.
        return (schema == null ? "" : '"' + schema + "\".") + prefix + name;
    }
}
