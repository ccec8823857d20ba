package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.JdbiAuthStores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockWatchTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> InstantSource.system().instant().plus(offset.get());

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(before);
    }

    private String log() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_clock_too_far_from_the_databases_is_warned_of_once_until_they_agree_again() {
        JdbiAuthStores stores = JdbiAuthStores.over(Jdbi.create(Postgres.freshDatabase()));
        offset.set(Duration.ofMinutes(5));
        try (ClockWatch watch = ClockWatch.start(stores::databaseTime, clock)) {
            assertThat(log())
                    .containsPattern("(299|300) s ahead of the database's.*NTP")
                    .hasLineCount(1);
            assertThat(watch.compare()).isTrue();
            assertThat(log()).hasLineCount(1);
            offset.set(Duration.ofSeconds(2));
            watch.compare();
            offset.set(Duration.ofMinutes(-1));
            watch.compare();
            assertThat(log()).containsPattern("(59|60) s behind the database's");
        }
    }

    @Test
    void a_file_has_no_other_clock_than_this_machines() {
        JdbiAuthStores stores = JdbiAuthStores.over(Jdbi.create("jdbc:sqlite:" + folder.resolve("auth.db")));
        try (ClockWatch watch = ClockWatch.start(stores::databaseTime, clock)) {
            assertThat(watch.compare()).isFalse();
            assertThat(log()).isEmpty();
        }
    }
}
