package dev.countersign.javalin.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.SqliteUrl;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of an import. */
class InterruptedImportTest {

    private static final int GIVEN = 5500;

    @TempDir
    Path folder;

    @Test
    void ctrl_c_leaves_whole_batches_only() throws Exception {
        String rows = IntStream.range(0, GIVEN)
                .mapToObj(i -> "{\"email\":\"user" + i + "@example.com\"}\n")
                .collect(Collectors.joining());
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
        try (OutputStream in = child.getOutputStream()) {
            in.write(rows.getBytes(StandardCharsets.UTF_8));
            in.flush();
            for (int i = 0; i < 600 && count(data) < 5000; i++) {
                Thread.sleep(100);
            }
            new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .start()
                    .waitFor();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }

        assertThat(child.exitValue()).isEqualTo(130);
        assertThat(count(data)).isEqualTo(5000);
        Path file = Files.writeString(folder.resolve("users.jsonl"), rows);
        CommandRun again = CommandRun.withInput("", "user", "import", file.toString(), "--data", data.toString());
        assertThat(again.out()).contains("added 500, updated 0, already there 5000, rejected 0");
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
