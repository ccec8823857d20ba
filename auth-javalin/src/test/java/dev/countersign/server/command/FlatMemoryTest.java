package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import and an export of several times the memory that they have. */
@Tag("slow")
class FlatMemoryTest {

    private static final int HEAP = 40 << 20;
    private static final int LARGE = 1600;
    private static final int SMALL = 6_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TEXT = "x".repeat(64 << 10);

    @TempDir
    Path folder;

    @Test
    void users_of_several_times_the_heap_go_in_and_out() throws Exception {
        Process importing = start("import", "-", "--format", "jsonl");
        CompletableFuture<Long> feeding = CompletableFuture.supplyAsync(() -> feed(importing.getOutputStream()));
        assertThat(read(importing, "import")).as("characters printed").isLessThan(1000);
        long given = feeding.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(given).isGreaterThan(5L * HEAP / 2);

        Process exporting = start("export", "-", "--format", "csv");
        assertThat(read(exporting, "export")).isGreaterThan(given);
    }

    private static long feed(OutputStream stream) {
        long given = 0;
        try (OutputStream in = stream) {
            for (int i = 0; i < LARGE + SMALL; i++) {
                given += give(in, i, i < LARGE ? TEXT : "");
            }
            return given;
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
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
    private long read(Process process, String verb) throws Exception {
        Path errors = folder.resolve(verb + ".err");
        try (InputStream out = process.getInputStream()) {
            // On a thread of its own: a process that hangs would never end its output.
            CompletableFuture<Long> bytes = CompletableFuture.supplyAsync(() -> drained(out));
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> verb + " ended; it said " + text(errors))
                    .isTrue();
            assertThat(process.exitValue())
                    .as(() -> verb + "'s exit code; it said " + text(errors))
                    .isZero();
            return bytes.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    private static long drained(InputStream out) {
        try {
            return out.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    private static String text(Path errors) {
        try {
            return Files.readString(errors);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
