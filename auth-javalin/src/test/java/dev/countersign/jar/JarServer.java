package dev.countersign.jar;

import dev.countersign.server.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server from the jar. */
final class JarServer implements AutoCloseable {

    private static final String READY = "Listening on ";

    private final Process process;
    private final Path out;
    private final Path err;

    JarServer(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Waits until it is ready. */
    JarServer ready() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (printed().contains(READY) || !process.isAlive()) {
                break;
            }
            Thread.sleep(50);
        }
        if (!printed().contains(READY)) {
            throw new AssertionError("not ready: " + printed() + errors());
        }
        return this;
    }

    Requests requests() throws IOException {
        String printed = printed();
        return new Requests(
                printed.substring(printed.lastIndexOf(READY) + READY.length()).strip());
    }

    String printed() throws IOException {
        return Files.readString(out);
    }

    /** What it has logged, without security events. */
    List<String> errors() throws IOException {
        // Each start logs how long a hash takes.
        return Files.readAllLines(err).stream()
                .filter(line -> !line.contains(" INFO HashSpeed - ") && !line.contains(" events - event="))
                .toList();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
        Files.delete(out);
        Files.delete(err);
    }
}
