package dev.countersign.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.ChildServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's library is in a folder of the process for as long as it takes to load it. */
@Tag("slow")
class DriverLibraryTest {

    @TempDir
    private Path data;

    private Path natives;

    @BeforeEach
    void make() throws IOException {
        natives = Files.createDirectory(data.resolve("native"));
    }

    private List<String> left() throws IOException {
        try (var entries = Files.list(natives)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void start() throws Exception {
        try (ChildServer server = ChildServer.start(data, "--port", "0", "--dialects", "standard")) {
            assertThat(server.address()).startsWith("http");
            server.kill();
        }
    }

    @Test
    void a_process_that_is_killed_while_it_serves_leaves_nothing() throws Exception {
        start();
        start();
        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_process_left_that_runs_no_more_is_cleared_however_young_and_what_one_uses_is_not() throws Exception {
        Path dead = Files.createDirectory(natives.resolve("sqlite-1"));
        Files.createFile(dead.resolve("lock"));
        Files.createFile(dead.resolve("libsqlitejdbc.so"));
        Path alive = Files.createDirectory(natives.resolve("sqlite-2"));
        Path beginning = Files.createDirectory(natives.resolve("sqlite-3"));
        try (FileChannel channel = FileChannel.open(
                        alive.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            start();
            assertThat(left()).containsExactly("sqlite-2", "sqlite-3");
        }
        Files.setLastModifiedTime(beginning, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        start();
        assertThat(left()).isEmpty();
    }

    @Test
    void what_releases_before_left_is_cleared_when_it_is_old() throws Exception {
        for (String name :
                new String[] {"sqlite-3.54.1.0-a-libsqlitejdbc.so", "sqlite-3.54.1.0-a-libsqlitejdbc.so.lck"}) {
            Files.setLastModifiedTime(
                    Files.createFile(natives.resolve(name)),
                    FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
        Files.createFile(natives.resolve("sqlite-3.54.1.0-b-libsqlitejdbc.so"));
        Files.createFile(natives.resolve("mine"));
        start();
        assertThat(left()).containsExactly("mine", "sqlite-3.54.1.0-b-libsqlitejdbc.so");
    }
}
