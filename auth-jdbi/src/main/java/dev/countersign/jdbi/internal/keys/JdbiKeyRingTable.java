package dev.countersign.jdbi.internal.keys;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.KeyRingTable;
import dev.countersign.jdbi.table.SealedRing;
import dev.countersign.jdbi.table.TableNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rings in our own table. */
final class JdbiKeyRingTable implements KeyRingTable {

    /** Undoes a transaction in which a ring was not as expected. */
    private static final class Changed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Changed() {
            super(null, null, false, false);
        }
    }

    private final Database database;
    private final String table;

    JdbiKeyRingTable(Database database, TableNames names) {
        this.database = database;
        this.table = names.table("key_rings");
    }

    @Override
    public ImmutableList<SealedRing> all() {
        return database.run(
                "reading the keys",
                handle -> isThere(handle)
                        ? handle.createQuery(
                                        "SELECT mount, version, sealed, master_id FROM " + table + " ORDER BY mount")
                                .map(JdbiKeyRingTable::ring)
                                .collect(ImmutableList.toImmutableList())
                        : ImmutableList.of());
    }

    @Override
    public Optional<SealedRing> find(String mount) {
        requireNonNull(mount, "mount");

        return database.run(
                "reading the keys",
                handle -> isThere(handle)
                        ? handle.createQuery("SELECT mount, version, sealed, master_id FROM " + table
                                        + " WHERE mount = :mount")
                                .bind("mount", mount)
                                .map(JdbiKeyRingTable::ring)
                                .findOne()
                        : Optional.empty());
    }

    @Override
    public ImmutableMap<String, Long> versions() {
        return database.run(
                "looking for changed keys",
                handle -> handle
                        .createQuery("SELECT mount, version FROM " + table)
                        .map((row, context) -> ImmutableMap.of(row.getString("mount"), row.getLong("version")))
                        .stream()
                        .flatMap(one -> one.entrySet().stream())
                        .collect(ImmutableMap.toImmutableMap(one -> one.getKey(), one -> one.getValue())));
    }

    @Override
    public boolean insert(SealedRing ring) {
        return database.run(
                "storing keys",
                handle -> handle.createUpdate("INSERT INTO " + table
                                        + " (mount, version, sealed, master_id) VALUES (:mount, :version, :sealed, :master)"
                                        + " ON CONFLICT (mount) DO NOTHING")
                                .bind("mount", ring.mount())
                                .bind("version", ring.version())
                                .bind("sealed", ring.sealed())
                                .bind("master", ring.masterId())
                                .execute()
                        == 1);
    }

    @Override
    public boolean replace(List<SealedRing> rings) {
        requireNonNull(rings, "rings");

        try {
            return database.inTransaction("changing keys", handle -> {
                rings.forEach(ring -> replace(handle, ring));
                return true;
            });
        } catch (Changed meanwhile) {
            return false;
        }
    }

    private void replace(Handle handle, SealedRing ring) {
        int changed = handle.createUpdate("UPDATE " + table
                        + " SET version = :version, sealed = :sealed, master_id = :master"
                        + " WHERE mount = :mount AND version = :version - 1")
                .bind("mount", ring.mount())
                .bind("version", ring.version())
                .bind("sealed", ring.sealed())
                .bind("master", ring.masterId())
                .execute();
        if (changed != 1) {
            throw new Changed();
        }
    }

    private boolean isThere(Handle handle) {
        String sql = switch (database.vendor(handle)) {
            case SQLITE -> "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :table";
            case POSTGRESQL -> "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(:table)";
        };
        return handle.createQuery(sql).bind("table", table).mapTo(Integer.class).one() > 0;
    }

    private static SealedRing ring(ResultSet row, StatementContext context) throws SQLException {
        return new SealedRing(
                row.getString("mount"), row.getLong("version"), row.getString("sealed"), row.getString("master_id"));
    }
}
