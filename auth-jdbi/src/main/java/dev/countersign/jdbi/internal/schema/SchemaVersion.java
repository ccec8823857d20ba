package dev.countersign.jdbi.internal.schema;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.SchemaStatus.Script;
import dev.countersign.jdbi.table.TableNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Reads the schema version of a database, and rejects databases that the scripts must not touch. */
final class SchemaVersion {

    static final String REFOLDING = "refolding";

    private final Database database;
    private final TableNames names;
    private final ImmutableList<Script> scripts;

    SchemaVersion(Database database, TableNames names, ImmutableList<Script> scripts) {
        this.database = database;
        this.names = names;
        this.scripts = scripts;
    }

    SchemaStatus read(Handle handle) {
        // In this order: if another node creates both tables meanwhile, the users' table does not look like a foreign
        // one.
        boolean users = hasTable(handle, "users");
        boolean versions = hasTable(handle, "schema_version");
        Map<Integer, Script> known = new TreeMap<>();
        int present = 0;
        int needed = 0;
        for (Applied row : versions ? applied(handle) : ImmutableList.<Applied>of()) {
            known.put(row.script().version(), row.script());
            present = Math.max(present, row.script().version());
            needed = Math.max(needed, row.worksWith());
        }
        for (Script script : scripts) {
            known.putIfAbsent(script.version(), script);
        }
        int newest = scripts.isEmpty() ? 0 : scripts.get(scripts.size() - 1).version();
        return new SchemaStatus(
                present, newest, needed, ImmutableList.copyOf(known.values()), users && !versions, isRefolding(handle));
    }

    private boolean isRefolding(Handle handle) {
        return hasTable(handle, REFOLDING)
                && handle.createQuery("SELECT count(*) FROM " + names.table(REFOLDING))
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    private boolean hasTable(Handle handle, String name) {
        String sql = switch (database.vendor(handle)) {
            case SQLITE -> "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :table";
            case POSTGRESQL -> "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(:table)";
        };
        return handle.createQuery(sql)
                        .bind("table", names.table(name))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private record Applied(Script script, int worksWith) {}

    private List<Applied> applied(Handle handle) {
        return handle.createQuery("SELECT version, name, coalesce(works_with, version) AS works_with, applied_at FROM "
                        + names.table("schema_version"))
                .map((row, context) -> new Applied(
                        new Script(
                                row.getInt("version"),
                                row.getString("name"),
                                Optional.of(Instant.EPOCH.plus(row.getLong("applied_at"), ChronoUnit.MICROS))),
                        row.getInt("works_with")))
                .list();
    }

    void refuseUnknown(SchemaStatus status) {
        if (status.isForeign()) {
            throw new IllegalStateException("the database has a table " + SchemaScripts.unquoted(names, "users")
                    + " that these scripts did not make; give them another database, schema or prefix");
        }
        if (status.isTooNew()) {
            throw new IllegalStateException("the database's schema is at version " + status.present()
                    + ", which needs a release that knows version " + status.needed() + "; this one knows "
                    + status.newest());
        }
    }

    static boolean hasRun(SchemaStatus status, Script script) {
        return status.scripts().stream()
                .anyMatch(known ->
                        known.version() == script.version() && known.appliedAt().isPresent());
    }
}
