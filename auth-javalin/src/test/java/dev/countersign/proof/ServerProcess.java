package dev.countersign.proof;

import dev.countersign.server.command.AuthCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The standalone server as a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final String READY = "Listening on ";

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts on any free port for a short life, and waits until it is ready. */
    static ServerProcess start(Path data, List<String> arguments) throws IOException {
        return start(data, List.of("-XX:TieredStopAtLevel=1"), arguments);
    }

    /** Starts as users start it, to get as fast as it gets. */
    static ServerProcess startToStay(Path data, List<String> arguments) throws IOException {
        return start(data, List.of(), arguments);
    }

    /** The same with more options for the JVM. */
    static ServerProcess startWith(List<String> jvm, Path data, List<String> arguments) throws IOException {
        return start(data, jvm, arguments);
    }

    /** Starts a jar, of this or another version, as users start it. */
    static ServerProcess startJar(String jar, Path data) throws IOException {
        return start(command(List.of(), jar), data, List.of());
    }

    /** Starts a program of the tests that prints the same line when it is ready. */
    static ServerProcess startClass(Class<?> program, Path data, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return run(command, data.resolveSibling("server.log"));
    }

    private static ServerProcess start(Path data, List<String> jvm, List<String> arguments) throws IOException {
        return start(command(jvm, System.getProperty("proof.server", "")), data, arguments);
    }

    private static ServerProcess start(List<String> java, Path data, List<String> arguments) throws IOException {
        Path log = data.resolveSibling("server.log");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        command.addAll(arguments.contains("--dialects") ? List.of() : List.of("--dialects", "realworld"));
        command.addAll(arguments.contains("--bcrypt-cost") ? List.of() : List.of("--bcrypt-cost", "10"));
        command.addAll(arguments);
        return run(command, log);
    }

    private static ServerProcess run(List<String> command, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
        Process process = builder.start();
        // Never closed: a server whose output nobody can take any more would be another test.
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, URI.create(line.substring(READY.length())));
            }
        }
        process.destroyForcibly();
        throw new IOException("the server did not start: " + Files.readString(log));
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED");
    }

    // The jar starts sooner; a run out of a build has only classes.
    private static List<String> command(List<String> jvm, String jar) {
        List<String> command = new ArrayList<>(java());
        command.addAll(jvm);
        if (jar.isEmpty()) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), AuthCommand.class.getName()));
        } else {
            command.addAll(
                    List.of("-XX:SharedArchiveFile=" + jar.replace(".jar", ".jsa"), "-Xshare:auto", "-Xlog:disable"));
            command.addAll(List.of("-jar", jar));
        }
        return command;
    }

    URI address() {
        return address;
    }

    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The bytes of memory the process has; 0 where the system does not tell. */
    long resident() {
        return Peak.of(process.pid(), "VmRSS:");
    }

    /** The KiB of heap in use after a collection; 0 where the JDK's tools are missing. */
    long heapAfterCollection() {
        tool("GC.run");
        // "def new generation   total 78656K, used 1234K" and "tenured generation …"
        return Pattern.compile("generation\\s+total \\d+K, used (\\d+)K")
                .matcher(tool("GC.heap_info"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private String tool(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process tool = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command).start();
            String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            tool.waitFor(20, TimeUnit.SECONDS);
            return said;
        } catch (IOException missing) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        await();
        process.destroyForcibly();
    }

    private void await() {
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
