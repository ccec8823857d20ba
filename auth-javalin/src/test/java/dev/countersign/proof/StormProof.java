package dev.countersign.proof;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Many clients log in while verified requests arrive at a fixed rate. StormProof [SECONDS [CLIENTS [COST [HEAP_MB [SETTING...]]]]]: each client in a closed
 * loop. StormProof crowd [CLIENTS [COST [HEAP_MB]]]: all send one wrong login at once. Server, clients and the pure bcrypt loop are processes of their own.
 */
final class StormProof {

    private static final String EMAIL = "verified@example.org";
    private static final String PASSWORD = "the one who only shows a token";

    private final Path folder;
    private final Consumer<String> report;
    private final Effort effort;

    /** How long it takes; the figures of the short one say nothing. */
    enum Effort {
        FULL(8, 3),
        SHORT(1, 1);

        /** For each of: verified requests and logins before the measurement, and bcrypt alone. */
        private final int seconds;

        private final int crowds;

        Effort(int seconds, int crowds) {
            this.seconds = seconds;
            this.crowds = crowds;
        }
    }

    StormProof(Path folder, Consumer<String> report, Effort effort) {
        this.folder = folder;
        this.report = report;
        this.effort = effort;
    }

    /**
     * What was measured.
     *
     * @param rate logins per second; of a crowd none succeeds
     * @param limit hashes per second of bcrypt alone on all processors
     * @param p99 of the verified requests beside the logins, in milliseconds
     * @param max of them, in milliseconds
     * @param faults answers of another form than a login, a wrong password or a refusal of the dialect, and missing ones
     */
    record Outcome(double rate, double limit, double p99, double max, int faults) {

        double ratio() {
            return rate / limit;
        }
    }

    /** Ends with 1 if an answer was missing or of another form. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("StormProof");
        report.say(Report.load());
        boolean crowd = arguments.length > 0 && arguments[0].equals("crowd");
        int[] numbers = crowd ? new int[] {0, 500, 12, 256} : new int[] {20, 64, 12, 256};
        for (int i = crowd ? 1 : 0; i < Math.min(4, arguments.length); i++) {
            numbers[i] = Integer.parseInt(arguments[i]);
        }
        List<String> settings = List.of(arguments).subList(Math.min(4, arguments.length), arguments.length);
        Outcome outcome;
        try (WorkFolder work = WorkFolder.create()) {
            outcome = new StormProof(work.path(), report::say, Effort.FULL)
                    .run(crowd, numbers[0], numbers[1], numbers[2], numbers[3], settings);
        }
        System.exit(outcome.faults() > 0 ? 1 : 0);
    }

    Outcome run(boolean crowd, int seconds, int clients, int cost, int heap, List<String> settings) throws IOException {
        String shape = crowd ? "one wrong login each, all at once" : "in a closed loop for " + seconds + " s";
        report.accept(clients + " clients, " + shape + "; cost " + cost + ", -Xmx" + heap + "m, " + StormLoad.RATE
                + " verified requests per second " + String.join(" ", settings));
        List<String> arguments = new ArrayList<>(settings);
        arguments.addAll(List.of("--bcrypt-cost", Integer.toString(cost)));
        Path data = Files.createDirectories(folder.resolve("data"));
        double before = crowd ? 0 : limit(cost, heap);
        try (ServerProcess server = ServerProcess.startWith(List.of("-Xmx" + heap + "m"), data, arguments)) {
            int port = server.address().getPort();
            String token = new Api(server.address())
                    .register("verified", EMAIL, PASSWORD)
                    .token();
            StormLogins.register(port, crowd ? StormLoad.WARM_UP_CLIENTS : clients);
            memory(server, "before");
            List<String> how =
                    crowd ? List.of("crowd", Integer.toString(effort.crowds)) : List.of(Integer.toString(seconds));
            String result = load(port, token, clients, how, "= ");
            memory(server, "after");
            double after = crowd ? 0 : limit(cost, heap);
            return outcome(result, (before + after) / 2);
        }
    }

    private Outcome outcome(String line, double limit) {
        List<String> numbers = Splitter.on(' ').splitToList(line);
        Outcome outcome = new Outcome(
                Double.parseDouble(numbers.get(1)),
                limit,
                Double.parseDouble(numbers.get(2)),
                Double.parseDouble(numbers.get(3)),
                Integer.parseInt(numbers.get(4)));
        if (limit > 0) {
            report.accept(String.format(
                    Locale.ROOT,
                    "%.2f logins/s; bcrypt alone, without server and clients: %.2f/s; ratio %.3f",
                    outcome.rate(),
                    limit,
                    outcome.ratio()));
        }
        return outcome;
    }

    /** Prints what the process prints, except for the line with that beginning, which it returns. */
    private String load(int port, String token, int clients, List<String> how, String beginning) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(Integer.toString(port), token, Integer.toString(clients), Integer.toString(effort.seconds)));
        arguments.addAll(how);
        Process process = java(StormLoad.class, 96, arguments.toArray(String[]::new));
        String result = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(beginning)) {
                    result = line;
                } else {
                    report.accept(line);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        if (result.isEmpty()) {
            throw new IOException("the clients failed");
        }
        return result;
    }

    private double limit(int cost, int heap) throws IOException {
        Process process = java(
                StormLimit.class,
                heap,
                Integer.toString(cost),
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                Integer.toString(effort.seconds));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Double.parseDouble(String.valueOf(lines.readLine()));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process java(Class<?> program, int heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void memory(ServerProcess server, String when) {
        // What was asked for a moment ago is still being answered.
        Waiting.pause(Duration.ofSeconds(1));
        long heap = server.heapAfterCollection();
        report.accept(String.format(
                Locale.ROOT,
                "memory %s: %d MiB resident, %d KiB of heap after a collection",
                when,
                server.resident() >> 20,
                heap));
    }
}
