package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.BulkUserStore;
import dev.countersign.server.CtrlC;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of an import. */
@Tag("slow")
class InterruptedImportTest {

    private static final int MOST = 400 * BulkUserStore.LARGEST_BATCH;

    @TempDir
    Path folder;

    @Test
    void ctrl_c_leaves_whole_batches_only() throws Exception {
        Path data = folder.resolve("data");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuthCommand.class.getName(),
                        "user",
                        "import",
                        "-",
                        "--format",
                        "jsonl",
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            feed(child, data);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }

        assertThat(child.exitValue()).isEqualTo(CtrlC.exitCode());
        int there = count(data);
        assertThat(there).isPositive();
        assertThat(there % BulkUserStore.LARGEST_BATCH).isZero();
        Path file = Files.writeString(
                folder.resolve("users.jsonl"),
                IntStream.range(0, there + 500)
                        .mapToObj(InterruptedImportTest::row)
                        .collect(Collectors.joining()));
        CommandRun again = CommandRun.withInput("", "user", "import", file.toString(), "--data", data.toString());
        assertThat(again.out()).contains("added 500, updated 0, already there " + there + ", rejected 0");
    }

    /** Rows without end, and the signal when the first are stored and the next under way. */
    private static void feed(Process child, Path data) throws Exception {
        boolean signalled = false;
        try (OutputStream in = child.getOutputStream()) {
            for (int i = 0; i < MOST; i++) {
                in.write(row(i).getBytes(StandardCharsets.UTF_8));
                if (!signalled && i % 1000 == 0 && count(data) > 0) {
                    CtrlC.send(child);
                    signalled = true;
                }
            }
        } catch (IOException ended) {
            assertThat(signalled).isTrue();
        }
    }

    private static String row(int number) {
        return "{\"email\":\"user" + number + "@example.com\"}\n";
    }

    private static int count(Path data) throws SQLException {
        Path file = data.resolve("auth.db");
        if (!Files.exists(file)) {
            return 0;
        }
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(file));
                ResultSet count = connection.createStatement().executeQuery("SELECT count(*) FROM auth_users")) {
            return count.getInt(1);
        } catch (SQLException notYet) {
            return 0;
        }
    }
}
