package dev.countersign.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A round of each program, so that they run when they are needed. */
class ProofTest {

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
        assertThat(new CrashProof(work, 1, 1).serverOnSqlite()).contains("none lost");
    }

    @Test
    void a_killed_database_loses_nothing_and_the_server_goes_on() throws IOException {
        assertThat(new CrashProof(work, 1, 2).database()).contains("none lost");
    }

    @Test
    void a_failover_loses_nothing_and_without_a_standby_nothing_is_acknowledged() throws IOException {
        assertThat(new FailoverProof(work, 1, Duration.ofSeconds(6), 3).run()).contains("none lost");
    }
}
