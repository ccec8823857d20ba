package dev.countersign.bench;

import dev.countersign.proof.Peak;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server process that has printed its ready line. */
final class RunningServer implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Listening on http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int port;
    private final Duration start;

    private RunningServer(Process process, int port, Duration start) {
        this.process = process;
        this.port = port;
        this.start = start;
    }

    static RunningServer start(List<String> command, Path log) throws IOException {
        long begin = System.nanoTime();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_") || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        // Never closed: a server whose output nobody takes would be another test.
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return new RunningServer(
                        process, Integer.parseInt(ready.group(1)), Duration.ofNanos(System.nanoTime() - begin));
            }
        }
        process.destroyForcibly();
        throw new IOException(
                "a server did not start, see " + log + ": " + String.join(" ", command) + "\n" + Files.readString(log));
    }

    int port() {
        return port;
    }

    /** From the start of the process to its ready line. */
    Duration startTime() {
        return start;
    }

    /** The processor time of the process and of those that it started. */
    Duration processorTime() {
        return processes()
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** MiB of memory of the process and of those that it started. */
    long resident() {
        return processes()
                .mapToLong(each -> Peak.of(each.pid(), "VmRSS:") >> 20)
                .sum();
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
