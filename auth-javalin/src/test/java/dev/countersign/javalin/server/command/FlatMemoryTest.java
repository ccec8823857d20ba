package dev.countersign.javalin.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import and an export of several times the memory that they have. */
class FlatMemoryTest {

    private static final int HEAP = 40 << 20;
    private static final int LARGE = 1600;
    private static final int SMALL = 6_000;
    private static final String TEXT = "x".repeat(64 << 10);

    @TempDir
    Path folder;

    @Test
    void users_of_several_times_the_heap_go_in_and_out() throws Exception {
        Process importing = start("import", "-", "--format", "jsonl");
        long given = 0;
        try (OutputStream in = importing.getOutputStream()) {
            for (int i = 0; i < LARGE + SMALL; i++) {
                given += give(in, i, i < LARGE ? TEXT : "");
            }
        }
        assertThat(read(importing)).as("characters printed").isLessThan(1000);
        assertThat(given).isGreaterThan(5L * HEAP / 2);

        Process exporting = start("export", "-", "--format", "csv");
        assertThat(read(exporting)).isGreaterThan(given);
    }

    private static int give(OutputStream in, int number, String text) throws IOException {
        byte[] row = ("{\"email\":\"user" + number + "@example.com\",\"attributes\":{\"text\":\"" + text + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8);
        in.write(row);
        return row.length;
    }

    private Process start(String verb, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AuthCommand.class.getName(),
                "user",
                verb));
        command.addAll(List.of(more));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve(verb + ".err").toFile())
                .start();
    }

    /** What a process prints, in bytes, until it has ended well. */
    private static long read(Process process) throws Exception {
        try (InputStream out = process.getInputStream()) {
            long bytes = out.transferTo(OutputStream.nullOutputStream());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return bytes;
        } finally {
            process.destroyForcibly();
        }
    }
}
