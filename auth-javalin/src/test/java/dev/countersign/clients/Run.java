package dev.countersign.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program, its output in a file. */
final class Run {

    private final Process process;
    private final Path output;
    private boolean late;

    private Run(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it, with variables such as {@code NAME=value}. */
    static Run start(Path folder, List<String> command, String... variables) throws IOException {
        Path output = Files.createTempFile("client", ".out");
        output.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        return new Run(builder.start(), output);
    }

    /** Waits for its end, and kills it if it takes longer. */
    Run end(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            late = true;
            kill();
        }
        return this;
    }

    /** {@return whether it was killed because it took too long} */
    boolean isLate() {
        return late;
    }

    /** Kills it with its children. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** {@return its exit code, once it has ended} */
    int code() {
        return process.exitValue();
    }

    /** {@return what it printed} */
    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
