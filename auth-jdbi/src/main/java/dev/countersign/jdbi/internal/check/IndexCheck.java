package dev.countersign.jdbi.internal.check;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Quoted;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.jdbi.table.TableNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Compares PostgreSQL's indexes with their tables, with its extension amcheck where that is installed. */
final class IndexCheck {

    private static final String FORBIDDEN = "42501";
    private static final ImmutableList<String> TABLES = ImmutableList.of(
            "users",
            "schema_version",
            "sessions",
            "session_tokens",
            "session_ends",
            "changes",
            "key_rings",
            "throttle",
            "events");

    private final Handle handle;
    private final TableNames names;

    IndexCheck(Handle handle, TableNames names) {
        this.handle = handle;
        this.names = names;
    }

    /** Runs the check; returns what was checked. */
    String run(Consumer<String> problems) {
        Optional<String> schema = handle.createQuery(
                        "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'amcheck'")
                .mapTo(String.class)
                .findOne();
        if (schema.isEmpty()) {
            return "no index: the extension amcheck is not installed in this database (CREATE EXTENSION amcheck)";
        }
        List<Index> indexes = handle.createQuery(
                        "SELECT i.indexrelid AS oid, c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                                + " WHERE i.indrelid IN (SELECT to_regclass(name) FROM unnest(string_to_array(:tables, ',')) AS t (name))"
                                + " ORDER BY c.relname")
                .bind("tables", TABLES.stream().map(names::table).collect(Collectors.joining(",")))
                .map((row, context) -> new Index(row.getLong("oid"), row.getString("name")))
                .list();
        int checked = 0;
        for (Index index : indexes) {
            if (!compare(Quoted.name(schema.get()), index, problems)) {
                return checked + " indexes: this database user may not run amcheck";
            }
            checked++;
        }
        return checked + " indexes and their tables";
    }

    private record Index(long oid, String name) {}

    private boolean compare(String schema, Index index, Consumer<String> problems) {
        try {
            handle.createQuery("SELECT 1 FROM " + schema + ".bt_index_check(CAST(:oid AS oid)::regclass, true)")
                    .bind("oid", index.oid())
                    .mapTo(Integer.class)
                    .list();
            return true;
        } catch (JdbiException refused) {
            if (SqlFailure.of(refused).isTemporary()) {
                throw refused;
            }
            if (SqlFailure.sqlException(refused)
                    .filter(sql -> FORBIDDEN.equals(sql.getSQLState()))
                    .isPresent()) {
                return false;
            }
            problems.accept(
                    "index " + index.name() + " is damaged: REINDEX INDEX makes it anew, if the table is whole");
            return true;
        }
    }
}
