package dev.countersign.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs the jar as a user without root's rights, also where the tests run as root; if wanted, on small disks of its own, which nobody else sees and which are
 * gone with it.
 */
final class SickMachine implements AutoCloseable {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> inside;
    private final Process holder;

    private SickMachine(List<String> inside, Process holder) {
        this.inside = inside;
        this.holder = holder;
    }

    /** This machine. */
    static SickMachine here() {
        return new SickMachine(List.of(), null);
    }

    /** This machine with file systems that a script mounts. Skipped, with a line on standard error, where nobody lets us mount any. */
    static SickMachine mounting(String script) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        if (!ROOT) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        // It ends with its input, and so with this process at the latest.
        command.addAll(List.of("sh", "-ec", script + "\necho ready\nexec cat"));
        Process holder;
        try {
            holder = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noUnshare) {
            return skip(String.valueOf(noUnshare.getMessage()));
        }
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("ready\n")) {
            int next = holder.getInputStream().read();
            if (next < 0) {
                return skip(said.toString());
            }
            said.append((char) next);
        }
        List<String> inside = new ArrayList<>(List.of("nsenter", "--target", "" + holder.pid(), "--mount"));
        if (!ROOT) {
            inside.addAll(List.of("--user", "--preserve-credentials"));
        }
        return new SickMachine(inside, holder);
    }

    private static SickMachine skip(String why) {
        String reason = "SKIPPED: no file system can be mounted here (needs root, or namespaces for users): " + why;
        System.err.println(reason);
        return Assumptions.abort(reason);
    }

    /** Runs a script with every right there is. */
    void run(String script) throws Exception {
        List<String> command = new ArrayList<>(inside);
        command.addAll(List.of("sh", "-ec", script));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(script + ": " + said);
        }
    }

    /** A command that runs without rights. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(inside);
        if (ROOT || !inside.isEmpty()) {
            all.addAll(List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"));
        }
        all.addAll(command);
        return all;
    }

    /** A command that runs as the user with that number; only root can. */
    List<String> commandAs(String user, List<String> command) {
        List<String> all = new ArrayList<>(inside);
        all.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"));
        all.addAll(command);
        return all;
    }

    /** Runs a command of the jar to its end. */
    JarRun run(String input, List<String> jvm, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(Jar.command(jvm.toArray(String[]::new)));
        command.addAll(arguments);
        Path out = Files.createTempFile("jar", ".out");
        Path err = Files.createTempFile("jar", ".err");
        long start = System.nanoTime();
        Process process = started(command, out, err);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + arguments);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new JarRun(process.exitValue(), text(out), text(err), time);
    }

    /** Runs a command of the jar to its end, with words and spaces between. */
    JarRun run(String input, String words) throws Exception {
        return run(input, List.of(), List.of(words.split(" ")));
    }

    /** Starts a server. */
    JarServer serve(String words) throws Exception {
        List<String> command = new ArrayList<>(Jar.command());
        command.addAll(List.of(("serve --port 0 --registration true " + words.strip()).split(" ")));
        Path out = Files.createTempFile("jar", ".out");
        Path err = Files.createTempFile("jar", ".err");
        return new JarServer(started(command, out, err), out, err).ready();
    }

    private Process started(List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(command))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
        builder.environment().putAll(Map.of("AUTH_BCRYPT_COST", "10", "AUTH_DIALECTS", "standard,realworld@/rw"));
        return builder.start();
    }

    static String text(Path file) {
        try {
            String text = Files.readString(file);
            Files.delete(file);
            return text;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws Exception {
        if (holder != null) {
            holder.getOutputStream().close();
            holder.destroy();
            holder.waitFor();
        }
    }
}
