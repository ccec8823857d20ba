package dev.countersign.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The end of a program of this machine: its exit code and what it printed. */
record Program(int code, String output) {

    /** Runs it without input; the test is skipped if this machine has no such program. */
    static Program run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".out");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command[0] + " takes too long: " + Files.readString(output));
            }
            return new Program(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException missing) {
            return Assumptions.abort("this machine has no " + command[0]);
        } finally {
            Files.delete(output);
        }
    }

    /** Runs it, and it must succeed. */
    static String done(Path folder, String... command) throws IOException, InterruptedException {
        Program program = run(folder, command);
        if (program.code() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + program.output());
        }
        return program.output();
    }
}
