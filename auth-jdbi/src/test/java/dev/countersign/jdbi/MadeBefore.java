package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.schema.Migration;
import dev.countersign.jdbi.internal.schema.SchemaScripts;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.LentConnections;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** A database of schema version 1, made by the release that had it: see upgrade/README.md. */
public final class MadeBefore {

    private static final Path FILE = Path.of("src/test/resources/upgrade/v1.db");

    private MadeBefore() {}

    public static List<Map<String, Object>> rows(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM auth_users ORDER BY id")
                .mapToMap()
                .list());
    }

    /** The file, or the same rows in PostgreSQL under the same schema. */
    public static Jdbi before(Vendor vendor, Path folder) throws IOException {
        Path file = folder.resolve("auth.db");
        Files.copy(FILE, file);
        Jdbi sqlite = Jdbi.create(SqliteUrl.of(file));
        if (vendor == Vendor.SQLITE) {
            return sqlite;
        }
        Jdbi postgres = Jdbi.create(Postgres.freshDatabase());
        Database database = Database.over(new LentConnections(postgres), Duration.ofSeconds(5));
        new Migration(database, TableNames.STANDARD, SchemaScripts.ALL.subList(0, 1)).run();
        postgres.useTransaction(handle -> {
            for (Map<String, Object> row : rows(sqlite)) {
                String columns = String.join(", ", row.keySet());
                String values = ":" + String.join(", :", row.keySet());
                handle.createUpdate("INSERT INTO auth_users (" + columns + ") VALUES ("
                                + values.replace(":uuid,", "CAST(:uuid AS uuid),") + ")")
                        .bindMap(row)
                        .execute();
            }
            handle.execute("SELECT setval(pg_get_serial_sequence('auth_users', 'id'), 100)");
        });
        return postgres;
    }
}
