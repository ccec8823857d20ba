package dev.countersign.proof;

import com.google.common.collect.ImmutableList;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.testkit.fixture.TwoSamples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Slow clients hold connections to one of two servers while logins and requests with a token are timed on both, by turns, each on a connection of its own.
 * AttackProof [SECONDS] [BODIES] [HEADS]
 */
final class AttackProof {

    private static final double MOST = 1.5;
    private static final String EMAIL = "known@example.org";
    private static final String SHOWN = "the right one of somebody";
    private static final int REQUESTS_PER_LOGIN = 5;

    private final Path folder;
    private final Duration time;
    private final int bodies;
    private final int heads;
    private final Random random;

    AttackProof(Path folder, Duration time, int bodies, int heads, long seed) {
        this.folder = folder;
        this.time = time;
        this.bodies = bodies;
        this.heads = heads;
        this.random = new Random(seed);
    }

    /** Ends with 1 if a median is more than half as long again as beside the idle server. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("AttackProof");
        report.say(Report.load());
        int[] numbers = {60, 1000, 1000};
        for (int i = 0; i < arguments.length; i++) {
            numbers[i] = Integer.parseInt(arguments[i]);
        }
        Outcome outcome;
        try (WorkFolder work = WorkFolder.create()) {
            outcome = new AttackProof(
                            work.path(), Duration.ofSeconds(numbers[0]), numbers[1], numbers[2], report.seed())
                    .run();
        }
        report.say(outcome.toString());
        System.exit(outcome.worst() > MOST ? 1 : 0);
    }

    /**
     * What was measured.
     *
     * @param logins times of logins, of the attacked server and of the idle one
     * @param requests times of requests with a token, likewise
     * @param attack what the slow clients say of themselves
     */
    record Outcome(TwoSamples logins, TwoSamples requests, String attack) {

        double worst() {
            return Math.max(logins.ratio(), requests.ratio());
        }

        @Override
        public String toString() {
            return line("logins", logins) + "\n" + line("requests with a token", requests) + "\nslow clients: "
                    + attack;
        }

        private static String line(String what, TwoSamples samples) {
            return String.format(
                    Locale.ROOT,
                    "%d %s: attacked %.2f ms, idle %.2f ms (medians), ratio %.3f",
                    samples.one().size(),
                    what,
                    TwoSamples.median(samples.one()).toNanos() / 1e6,
                    TwoSamples.median(samples.other()).toNanos() / 1e6,
                    samples.ratio());
        }
    }

    Outcome run() throws IOException {
        try (ServerProcess attacked = start("attacked");
                ServerProcess idle = start("idle")) {
            Target one = new Target(attacked);
            Target other = new Target(idle);
            measure(one, other, Duration.ofSeconds(2));
            Process attackers = attackers(attacked);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(attackers.getInputStream(), StandardCharsets.UTF_8))) {
                String ready = said.readLine();
                if (ready == null || !ready.startsWith(SlowSenders.READY)) {
                    throw new IllegalStateException("the slow clients cannot connect: " + ready);
                }
                Measured measured = measure(one, other, time);
                return new Outcome(measured.logins(), measured.requests(), String.valueOf(said.readLine()));
            } finally {
                attackers.destroyForcibly();
            }
        }
    }

    private ServerProcess start(String name) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name)).resolve("data");
        return ServerProcess.startToStay(Files.createDirectory(data), List.of());
    }

    private Process attackers(ServerProcess server) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowSenders.class.getName(),
                        server.address().toString(),
                        Integer.toString(bodies),
                        Integer.toString(heads),
                        // They connect first.
                        Long.toString(time.toSeconds() + 3))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private record Measured(TwoSamples logins, TwoSamples requests) {}

    private Measured measure(Target one, Target other, Duration howLong) {
        Target[] both = {one, other};
        Latencies logins = new Latencies();
        Latencies requests = new Latencies();
        long start = System.nanoTime();
        while (System.nanoTime() - start < howLong.toNanos()) {
            int first = random.nextInt(2);
            for (int turn : new int[] {first, 1 - first}) {
                logins.of(turn).add(both[turn].logIn());
            }
            for (int i = 0; i < REQUESTS_PER_LOGIN; i++) {
                for (int turn : new int[] {first, 1 - first}) {
                    requests.of(turn).add(both[turn].me());
                }
            }
        }
        return new Measured(logins.samples(), requests.samples());
    }

    /** Times of both servers. */
    private static final class Latencies {

        private final ImmutableList.Builder<Duration> attacked = ImmutableList.builder();
        private final ImmutableList.Builder<Duration> idle = ImmutableList.builder();

        ImmutableList.Builder<Duration> of(int turn) {
            return turn == 0 ? attacked : idle;
        }

        TwoSamples samples() {
            return new TwoSamples(attacked.build(), idle.build());
        }
    }

    /** A server with a user who has a token. */
    private static final class Target {

        private final int port;
        private final String token;

        Target(ServerProcess server) throws IOException {
            this.port = server.address().getPort();
            Api api = new Api(server.address());
            this.token = api.register("known", EMAIL, SHOWN).token();
        }

        Duration logIn() {
            return time(RawRequest.post("/api/users/login")
                    .json("{\"user\":{\"email\":\"" + EMAIL + "\",\"password\":\"" + SHOWN + "\"}}"));
        }

        Duration me() {
            return time(RawRequest.get("/api/user").header("Authorization", "Token " + token));
        }

        private Duration time(RawRequest request) {
            long start = System.nanoTime();
            RawAnswer answer = request.sendTo(port);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            if (answer.status() != 200) {
                throw new IllegalStateException(request + " was answered " + answer);
            }
            return time;
        }
    }
}
