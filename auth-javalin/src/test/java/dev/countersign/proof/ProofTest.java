package dev.countersign.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testkit.fixture.TwoSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round of each program, so that they run when they are needed. */
@Tag("slow")
class ProofTest {

    private static final Path PAGE = Path.of("../docs/scale.md");

    private static final int STRESS_ROUNDS = 200;

    private static final List<NodeRow> NODES = List.of(
            new NodeRow(NodeLoad.LOGIN + 10, "SQLite", 1, 1, 0, 1),
            new NodeRow(NodeLoad.LOGIN + 12, "PostgreSQL", 1, 1, 1, 1),
            new NodeRow(NodeLoad.TOKEN, "PostgreSQL", 1, 1, 1, 1));

    @TempDir
    Path folder;

    private WorkFolder work;

    @BeforeEach
    void makeFolder() {
        work = WorkFolder.create();
    }

    @AfterEach
    void deleteFolder() {
        work.close();
    }

    @Test
    void a_killed_server_loses_nothing_on_sqlite() throws IOException {
        assertThat(new CrashProof(work, 1, 2, 1).serverOnSqlite()).contains("none lost");
    }

    @Test
    void a_killed_database_loses_nothing_and_the_server_goes_on() throws IOException {
        assertThat(new CrashProof(work, 1, 2, 2).database()).contains("none lost");
    }

    @Test
    void what_was_ended_at_one_server_is_refused_by_the_other_within_the_delay_200_times() throws Exception {
        RevocationProof.Result result = new RevocationProof(work, 200, false).run();
        assertThat(result.isKept()).as(result.text("PostgreSQL")).isTrue();
    }

    @Test
    void a_remembered_token_needs_little_memory() {
        assertThat(SessionMemoryProof.run(2_000)).hasSize(2);
    }

    @Test
    void a_failover_loses_nothing_and_without_a_standby_nothing_is_acknowledged() throws IOException {
        assertThat(new FailoverProof(work, 1, 2, Duration.ofSeconds(6), 3).run())
                .contains("none lost");
    }

    @Test
    void logins_of_nobody_and_with_a_wrong_password_are_measured_by_turns() throws IOException {
        TwoSamples samples = new LoginTimeProof(work.path(), 10, 2, 1).run();
        assertThat(samples.one()).hasSize(2);
        assertThat(LoginTimeProof.summary(samples)).startsWith("2 pairs; unknown user ");
    }

    @Test
    void every_reason_why_a_login_fails_is_measured_by_turns_and_a_server_that_is_slower_for_one_is_found()
            throws IOException {
        LoginPathProof proof = new LoginPathProof(work.path(), 3, 1);
        assertThat(proof.server())
                .extracting(LoginPathProof.Compared::path)
                .containsExactly(LoginPath.UNKNOWN_USER, LoginPath.DISABLED_USER, LoginPath.NO_PASSWORD);
        assertThat(proof.control().text()).startsWith("3 pairs; unknown user ");
    }

    @Test
    void logins_in_a_store_of_mixed_costs_are_measured_by_turns() throws IOException {
        TwoSamples samples = new LoginTimeProof(work.path(), 12, 2, 1).runMixed();
        assertThat(samples.other()).hasSize(2);
    }

    @Test
    void nothing_outlives_a_change_on_sqlite() {
        assertClean(new StressProof(work.path(), STRESS_ROUNDS, 4).onSqlite());
    }

    @Test
    void nothing_outlives_a_change_on_postgresql() throws IOException {
        assertClean(new StressProof(work.path(), STRESS_ROUNDS, 5).onPostgres());
    }

    private static void assertClean(StressCounts counts) {
        assertThat(counts.faults()).as(counts.toString()).isEmpty();
    }

    @Test
    void slow_clients_make_nobody_wait() throws IOException {
        AttackProof.Outcome outcome = new AttackProof(work.path(), Duration.ofSeconds(5), 300, 100, 1).run();
        // The program's own bound needs more than five seconds and a machine to itself.
        assertThat(outcome.worst()).as(outcome.toString()).isLessThan(10);
        assertThat(outcome.attack()).contains("408");
    }

    @Test
    void logins_do_not_take_requests_with_a_token_down() throws IOException {
        List<String> lines = new ArrayList<>();
        StormProof.Outcome storm = new StormProof(
                        Files.createDirectory(work.path().resolve("storm")), lines::add, StormProof.Effort.SHORT)
                .run(false, 2, 8, 10, 128, List.of());
        assertThat(storm.faults()).as(lines.toString()).isZero();
        assertThat(storm.rate()).as(lines.toString()).isPositive();
    }

    @Test
    void every_one_of_many_wrong_logins_at_once_is_answered() throws IOException {
        List<String> lines = new ArrayList<>();
        StormProof.Outcome crowd = new StormProof(
                        Files.createDirectory(work.path().resolve("crowd")), lines::add, StormProof.Effort.SHORT)
                .run(true, 0, 200, 10, 128, List.of());
        assertThat(crowd.faults()).as(lines.toString()).isZero();
    }

    @Test
    void imported_users_are_found_and_plotted() throws IOException, SQLException {
        Files.copy(PAGE, folder.resolve("scale.md"));
        ScaleProof proof = new ScaleProof(work.path(), 4, Duration.ofMinutes(1), Duration.ofMillis(100), line -> {});

        proof.run(List.of(1_500L), node -> NODES, "fsync=off").write(folder);

        assertThat(folder.resolve("scale.md"))
                .content()
                .contains("| SQLite | 1,500 |", "| PostgreSQL | 1,500 |", "| 128MB | 1,500 |");
        assertThat(prose(folder.resolve("scale.md"))).isEqualTo(prose(PAGE));
        assertThat(folder.resolve("scale.svg")).content().contains("polyline").endsWith("</svg>\n");
    }

    @Test
    void an_import_stops_when_its_time_is_over() throws IOException, SQLException {
        List<ScaleRow> rows = new ArrayList<>();
        ScaleProof proof = new ScaleProof(work.path(), 1, Duration.ofMillis(1), Duration.ZERO, line -> {});

        proof.run(ScaleSqlite.in(work.path()), List.of(8_000L), runs -> rows.addAll(ScaleProof.rows(runs)));

        assertThat(rows).extracting(ScaleRow::users).containsExactly(5_000L);
    }

    private static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?s)(<!-- begin: .*?-->).*?(<!-- end: )", "$1$2");
    }
}
