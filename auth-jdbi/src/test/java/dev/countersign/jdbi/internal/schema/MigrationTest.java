package dev.countersign.jdbi.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Postgres;
import dev.countersign.jdbi.Samples;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.LentConnections;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges;
import dev.countersign.user.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void an_empty_database_gets_every_table_and_says_so(Vendor vendor) {
        JdbiAuthStores stores = JdbiAuthStores.over(Samples.fresh(vendor, folder));
        assertThat(stores.schemaStatus()).isEqualTo(SchemaStatus.ofNothing());
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.MISSING);
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(stores.migrate())
                .containsExactlyElementsOf(SchemaScripts.ALL.stream()
                        .map(SchemaStatus.Script::file)
                        .toList());
        assertThat(stores.migrate()).isEmpty();
        SchemaStatus after = stores.schemaStatus();
        assertThat(after.present()).isEqualTo(SchemaStatus.ofNothing().newest());
        assertThat(after.state()).isEqualTo(SchemaStatus.State.CURRENT);
        // The database's clock may round.
        assertThat(after.scripts())
                .allSatisfy(script -> assertThat(script.appliedAt().orElseThrow())
                        .isBetween(before.minusSeconds(1), before.plusSeconds(60)));
        assertThat(stores.users().page(null, 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void ten_nodes_start_at_once(Vendor vendor) throws Exception {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        startTen(jdbi);
    }

    @Test
    void ten_nodes_start_at_once_on_a_database_that_is_serializable() throws Exception {
        Jdbi jdbi = Samples.fresh(Vendor.POSTGRESQL, folder);
        jdbi.useHandle(handle -> handle.execute("DO $$ BEGIN EXECUTE format("
                + "'ALTER DATABASE %I SET default_transaction_isolation = serializable', current_database()); END $$"));
        startTen(jdbi);
    }

    private static void startTen(Jdbi jdbi) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(10);
        List<String> ran = new ArrayList<>();
        try {
            List<Future<List<String>>> starts = new ArrayList<>();
            for (int node = 0; node < 10; node++) {
                starts.add(nodes.submit(() -> JdbiAuthStores.over(jdbi).migrate()));
            }
            for (Future<List<String>> start : starts) {
                ran.addAll(start.get(60, TimeUnit.SECONDS));
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(ran)
                .containsExactlyInAnyOrderElementsOf(SchemaScripts.ALL.stream()
                        .map(SchemaStatus.Script::file)
                        .toList());
        assertThat(versions(jdbi))
                .containsExactlyElementsOf(SchemaScripts.ALL.stream()
                        .map(SchemaStatus.Script::version)
                        .toList());
    }

    @Test
    void a_node_that_waits_for_another_one_outlasts_the_time_outs_of_requests() throws Exception {
        PGSimpleDataSource pool = Postgres.withoutPool();
        ExecutorService node = Executors.newSingleThreadExecutor();
        try (Handle first = Jdbi.create(pool).open()) {
            pool.setSocketTimeout(2);
            SchemaScripts.begin(first, Vendor.POSTGRESQL, TableNames.STANDARD);
            Future<?> second = node.submit(() -> JdbiAuthStores.over(pool)
                    .withStatementTimeout(Duration.ofSeconds(2))
                    .migrate());
            while (!second.isDone() && !somebodyWaits(first)) {
                Thread.sleep(20);
            }
            Thread.sleep(3000);
            assertThat(second).isNotDone();
            first.execute("ROLLBACK");
            second.get(30, TimeUnit.SECONDS);
        } finally {
            node.shutdownNow();
        }
        assertThat(JdbiAuthStores.over(pool).schemaStatus().isComplete()).isTrue();
    }

    private static boolean somebodyWaits(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_script_that_breaks_leaves_nothing_behind(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores.over(jdbi).migrate();
        Database database = Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));
        List<Integer> before = versions(jdbi);
        Migration broken = new Migration(
                database,
                TableNames.STANDARD,
                ImmutableList.of(SchemaScripts.ALL.get(0), new SchemaStatus.Script(900, "half", Optional.empty())));
        assertThatThrownBy(broken::run)
                .isInstanceOf(AuthFault.class)
                .hasMessageContaining("V900__half.sql")
                .hasStackTraceContaining("auth_nowhere");
        assertThat(versions(jdbi)).isEqualTo(before);
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute("SELECT * FROM auth_half")))
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_schema_of_a_later_release_is_refused(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        jdbi.useHandle(
                handle -> handle.execute("INSERT INTO auth_schema_version (version, name) VALUES (999, 'future')"));
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.TOO_NEW);
        assertThatThrownBy(stores::migrate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("999");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_schema_that_a_later_release_only_expanded_is_worked_with(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        jdbi.useHandle(handle -> {
            handle.execute("ALTER TABLE auth_users ADD COLUMN future TEXT");
            handle.execute("INSERT INTO auth_schema_version (version, name, works_with) VALUES (999, 'future', 3)");
        });
        assertThatCode(stores::migrate).doesNotThrowAnyException();
        Samples.stored(stores.users().insert(Samples.user()));
        SchemaStatus status = stores.schemaStatus();
        assertThat(status.state()).isEqualTo(SchemaStatus.State.AHEAD);
        assertThat(status.scripts()).extracting(SchemaStatus.Script::file).contains("V999__future.sql");
        assertThat(status.needed()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_release_before_sessions_works_with_their_tables_and_its_writes_are_reported(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        Database database = Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));
        Migration before = new Migration(database, TableNames.STANDARD, SchemaScripts.ALL.subList(0, 3));
        before.run();
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        User user = Samples.stored(stores.users().insert(Samples.user()));
        assertThat(stores.migrate()).contains("V4__sessions.sql");
        assertThat(before.status().state()).isEqualTo(SchemaStatus.State.AHEAD);
        assertThat(before.run()).isEmpty();
        try (UserChanges.Listener listener = stores.changes().listen()) {
            // As that release changes a user: it knows nothing of the feed.
            stores.users().update(Samples.renamed(user, "wombat@example.com"), null);
            assertThat(listener.next(Duration.ofSeconds(10)).users()).containsExactly(user.id());
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void scripts_run_by_another_tool_are_not_run_again(Vendor vendor) throws IOException {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        String script = Files.readString(Path.of(
                "src/main/resources/dev/countersign/db", vendor.name().toLowerCase(Locale.ROOT), "V1__users.sql"));
        jdbi.useTransaction(handle -> handle.createScript(script).executeAsSeparateStatements());
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        assertThat(versions(jdbi)).startsWith(1).doesNotHaveDuplicates();
        assertThat(stores.schemaStatus().isComplete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_table_of_the_same_name_that_somebody_else_made_is_refused_and_left_alone(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE auth_users (login TEXT)"));
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.FOREIGN);
        assertThatThrownBy(stores::migrate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("auth_users");
        JdbiAuthStores other = stores.named(new TableNames(null, "sso_"));
        other.migrate();
        assertThat(other.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
    }

    @Test
    @Timeout(30)
    void a_node_that_finds_everything_done_waits_for_nobody() {
        Jdbi jdbi = Samples.fresh(Vendor.SQLITE, folder);
        JdbiAuthStores.over(jdbi).migrate();
        try (Handle writer = jdbi.open()) {
            writer.begin();
            writer.execute("UPDATE auth_users SET version = version");
            assertThatCode(JdbiAuthStores.over(jdbi)::migrate).doesNotThrowAnyException();
            writer.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void tables_can_have_other_names(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores standard = JdbiAuthStores.over(jdbi);
        JdbiAuthStores other =
                standard.named(new TableNames(vendor == Vendor.POSTGRESQL ? "elsewhere" : null, "portal_"));
        other.migrate();
        Samples.stored(other.users().insert(Samples.user()));
        standard.migrate();
        assertThat(standard.users().page(null, 10)).isEmpty();
        assertThat(other.users().page(null, 10)).hasSize(1);
        assertThat(other.schemaStatus().isComplete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void every_script_of_the_folder_is_listed(Vendor vendor) throws IOException {
        try (Stream<Path> files = Files.list(
                Path.of("src/main/resources/dev/countersign/db", vendor.name().toLowerCase(Locale.ROOT)))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(SchemaScripts.ALL.stream()
                            .map(SchemaStatus.Script::file)
                            .toList());
        }
    }

    private static List<Integer> versions(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT version FROM auth_schema_version ORDER BY version")
                .mapTo(Integer.class)
                .list());
    }
}
