package dev.countersign.proof;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Requests per second of "current user" and of logins at bcrypt cost 10, for one server jar or several side by side: ThroughputProof JAR [JAR...]. They take
 * turns in each round, and all figures are medians of the rounds.
 */
final class ThroughputProof {

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 7;
    private static final Duration TURN = Duration.ofSeconds(4);
    private static final String EMAIL = "ada@example.org";
    private static final String PASSPHRASE = "seven blue lanterns";

    private ThroughputProof() {}

    /** One server and what was measured of it. */
    private record Subject(String name, ServerProcess server, Api api, String token, Measured me, Measured login) {}

    /** Requests per second, and the server's processor time of one, round by round. */
    private record Measured(List<Double> rates, List<Double> micros) {

        Measured() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void measure(ServerProcess server, Load load, Duration time) {
            Duration before = server.processorTime();
            double rate = load.run(time);
            rates.add(rate);
            micros.add(server.processorTime().minus(before).toNanos() / 1e3 / (rate * time.toNanos() / 1e9));
        }
    }

    public static void main(String[] jars) throws IOException {
        Report report = Report.start("ThroughputProof");
        List<Subject> subjects = new ArrayList<>();
        try (WorkFolder work = WorkFolder.create()) {
            for (String jar : jars.length == 0 ? new String[] {System.getProperty("proof.server", "")} : jars) {
                subjects.add(subject(jar, Files.createDirectories(work.path().resolve(subjects.size() + "/data"))));
            }
            // The first round is for the compilers.
            for (int round = 0; round <= ROUNDS; round++) {
                for (Subject subject : subjects) {
                    boolean counts = round > 0;
                    Load me = new Load(
                            CLIENTS, client -> subject.api().me(subject.token()).isDone());
                    Load login = new Load(
                            CLIENTS,
                            client -> subject.api().logIn(EMAIL, PASSPHRASE).isDone());
                    (counts ? subject.me() : new Measured()).measure(subject.server(), me, TURN);
                    (counts ? subject.login() : new Measured()).measure(subject.server(), login, TURN);
                }
            }
            subjects.forEach(subject -> {
                report.say(line(
                        subject.name() + ", current user",
                        subject.me(),
                        subjects.get(0).me()));
                report.say(line(
                        subject.name() + ", login at cost 10",
                        subject.login(),
                        subjects.get(0).login()));
            });
        } finally {
            subjects.forEach(subject -> subject.server().close());
        }
    }

    private static Subject subject(String jar, Path data) throws IOException {
        ServerProcess server = ServerProcess.startJar(jar, data);
        Api api = new Api(server.address());
        Api.Answer registered = api.register("ada", EMAIL, PASSPHRASE);
        if (!registered.isDone()) {
            throw new IllegalStateException("nobody could register: " + registered.status());
        }
        return new Subject(jar, server, api, registered.token(), new Measured(), new Measured());
    }

    private static String line(String what, Measured measured, Measured first) {
        return String.format(
                Locale.ROOT,
                "%-60s %8.1f requests/s (ratio %.2f), %8.0f µs of the server's processor each (ratio %.2f)",
                what,
                median(measured.rates()),
                median(measured.rates()) / median(first.rates()),
                median(measured.micros()),
                median(measured.micros()) / median(first.micros()));
    }

    private static double median(List<Double> values) {
        return ImmutableList.sortedCopyOf(values).get(values.size() / 2);
    }
}
