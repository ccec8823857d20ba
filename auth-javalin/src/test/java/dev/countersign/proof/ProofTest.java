package dev.countersign.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round of each program, so that they run when they are needed. */
class ProofTest {

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
    void a_failover_loses_nothing_and_without_a_standby_nothing_is_acknowledged() throws IOException {
        assertThat(new FailoverProof(work, 1, 2, Duration.ofSeconds(6), 3).run()).contains("none lost");
    }

    @Test
    void imported_users_are_found_and_plotted() throws IOException, SQLException {
        Files.writeString(folder.resolve("scale.md"), "before\n" + ScaleProof.BEGIN + "old" + ScaleProof.END + "after");
        List<ScaleRow> rows = new ArrayList<>();
        ScaleProof proof = new ScaleProof(line -> {});

        rows.addAll(proof.run(ScaleSqlite.in(work.path()), List.of(1_500L, 3_000L), 4));
        ScaleProof.write(folder, "new\n", rows);

        assertThat(rows).extracting(ScaleRow::users).containsExactly(1_500L, 3_000L);
        assertThat(folder.resolve("scale.md"))
                .hasContent("before\n" + ScaleProof.BEGIN + "new\n" + ScaleProof.END + "after");
        assertThat(folder.resolve("scale.svg")).content().contains("polyline").endsWith("</svg>\n");
    }
}
