package dev.countersign.jdbi.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Postgres;
import dev.countersign.jdbi.Samples;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.SchemaStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** The scripts in the hands of Flyway, set up as docs/storage.md says. */
class FlywayTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void flyway_runs_the_scripts_and_the_stores_work_with_what_it_made(Vendor vendor) {
        DataSource database = fresh(vendor);
        assertThat(migrate(configured(vendor, database)).migrationsExecuted).isEqualTo(SchemaScripts.ALL.size());
        JdbiAuthStores stores = JdbiAuthStores.over(database);
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
        assertThat(stores.migrate()).isEmpty();
        Samples.stored(stores.users().insert(Samples.user()));
        assertThat(stores.users().page(null, 10)).hasSize(1);
        assertThat(migrate(configured(vendor, database)).migrationsExecuted).isZero();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void the_application_s_own_tables_and_history_are_no_hindrance(Vendor vendor) {
        DataSource database = fresh(vendor);
        Jdbi.create(database).useHandle(handle -> {
            handle.execute("CREATE TABLE customer (id INTEGER)");
            handle.execute("CREATE TABLE flyway_schema_history (installed_rank INTEGER)");
        });
        FluentConfiguration flyway =
                configured(vendor, database).baselineOnMigrate(true).baselineVersion("0");
        assertThat(migrate(flyway).migrationsExecuted).isEqualTo(SchemaScripts.ALL.size());
        assertThat(JdbiAuthStores.over(database).schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void flyway_takes_over_what_the_stores_made(Vendor vendor) {
        DataSource database = fresh(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(database);
        stores.migrate();
        FluentConfiguration flyway = configured(vendor, database)
                .baselineOnMigrate(true)
                .baselineVersion(Integer.toString(stores.schemaStatus().present()));
        assertThat(migrate(flyway).migrationsExecuted).isZero();
        assertThat(Arrays.stream(flyway.load().info().applied())
                        .map(applied -> applied.getVersion().getVersion()))
                .containsExactly(Integer.toString(SchemaStatus.ofNothing().newest()));
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
    }

    private static FluentConfiguration configured(Vendor vendor, DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:dev/countersign/db/" + vendor.name().toLowerCase(Locale.ROOT))
                .table("auth_flyway_history")
                // Beside the scripts the tests' folder has one that breaks.
                .target(Integer.toString(SchemaStatus.ofNothing().newest()));
    }

    private static MigrateResult migrate(FluentConfiguration flyway) {
        return flyway.load().migrate();
    }

    private DataSource fresh(Vendor vendor) {
        if (vendor == Vendor.POSTGRESQL) {
            return Postgres.freshDatabase();
        }
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl(SqliteUrl.of(folder.resolve("auth.db")));
        return file;
    }
}
