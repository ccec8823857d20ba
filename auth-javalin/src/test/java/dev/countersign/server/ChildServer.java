package dev.countersign.server;

import dev.countersign.server.command.AuthCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A server in a process of its own. */
public final class ChildServer implements AutoCloseable {

    private static final String READY = "Listening on ";

    private final Process process;
    private final Path errors;
    private final List<String> printed = new ArrayList<>();

    /** The program of each, and flags. */
    static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // As in a start from the jar's manifest; the rest makes the JVM start sooner.
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto");

    private ChildServer(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts one and waits until it is ready, or has ended. */
    public static ChildServer start(Path data, String... flags) throws IOException {
        return launch(data, Map.of(), flags).ready();
    }

    /** Starts one that may have that many files open at once, connections included, and waits until it is ready. */
    static ChildServer startWithFiles(int files, Path data, String... flags) throws IOException {
        List<String> shell = List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh");
        return run(shell, Map.of(), serve(data, flags)).ready();
    }

    /** Starts one and does not wait. */
    public static ChildServer launch(Path data, Map<String, String> environment, String... flags) throws IOException {
        return run(List.of(), environment, serve(data, flags));
    }

    private static List<String> serve(Path data, String... flags) {
        List<String> all = new ArrayList<>(List.of("serve", "--data", data.toString()));
        if (!List.of(flags).contains("--bcrypt-cost")) {
            all.addAll(List.of("--bcrypt-cost", "10"));
        }
        all.addAll(List.of(flags));
        return all;
    }

    /** Starts another command. */
    public static ChildServer command(String... arguments) throws IOException {
        return command(Map.of(), arguments);
    }

    /** Starts another command with an environment. */
    public static ChildServer command(Map<String, String> environment, String... arguments) throws IOException {
        return run(List.of(), environment, List.of(arguments));
    }

    private static ChildServer run(List<String> before, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(JAVA);
        command.addAll(ChildArchive.FLAGS);
        command.add(AuthCommand.class.getName());
        command.addAll(arguments);
        Path errors = Files.createTempFile("child", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
        builder.environment().putAll(environment);
        return new ChildServer(builder.start(), errors);
    }

    /** Waits until it is ready, or has ended. */
    public ChildServer ready() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            printed.add(line);
            if (line.startsWith(READY)) {
                return this;
            }
        }
        return this;
    }

    /** {@return the address of the ready line} */
    public String address() {
        String last = printed.isEmpty() ? "" : printed.get(printed.size() - 1);
        if (!last.startsWith(READY)) {
            throw new AssertionError("not ready: " + printed + errors());
        }
        return last.substring(READY.length());
    }

    /** {@return the lines it printed before and with the ready line} */
    public List<String> printed() {
        return printed;
    }

    /** {@return what it wrote to standard error so far, without the line that each start logs} */
    public String errors() {
        return logged().lines()
                .filter(line -> !line.contains(" events - event="))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** {@return everything that it wrote to standard error so far} */
    public String logged() {
        try {
            return Files.readString(errors).replaceAll("(?m)^.* INFO HashSpeed - .*\\R", "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the process} */
    public Process process() {
        return process;
    }

    /** Kills it with no time to do anything; waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for the end; the exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        if (Files.exists(errors)) {
            UsedSecrets.output("log", logged());
        }
        Files.deleteIfExists(errors);
    }
}
