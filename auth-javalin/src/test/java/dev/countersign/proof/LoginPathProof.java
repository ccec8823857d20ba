package dev.countersign.proof;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.countersign.testkit.fixture.TwoSamples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Does the time of an answer tell why a login failed? Attempts for an unknown user, with a wrong password, for a disabled user and for one without a password
 * go to a server over HTTP in random order, each with a name and a loopback address of its own, so that none of them has to wait. The same is done with a
 * server that takes a millisecond longer for unknown users: if that is not found, the run says nothing. LoginPathProof [ATTEMPTS]
 */
final class LoginPathProof {

    /** By chance the statistics exceed it in one of a hundred thousand runs. */
    private static final double BOUND = 4.5;

    private static final int ADDED_MICROS = 1000;
    private static final int LONGEST_WARM_UP = 40;
    private static final int SAYS_NOTHING = 2;

    private final Path folder;
    private final int attempts;
    private final int warmUp;
    private final Random random;
    private int addresses;

    LoginPathProof(Path folder, int attempts, long seed) {
        this.folder = folder;
        this.attempts = attempts;
        this.warmUp = Math.min(LONGEST_WARM_UP, attempts);
        this.random = new Random(seed);
    }

    /** Ends with 1 if a path differs from a wrong password, and with 2 if the added millisecond is not found. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("LoginPathProof");
        int attempts = arguments.length == 0 ? 2000 : Integer.parseInt(arguments[0]);
        int status = 0;
        try (WorkFolder work = WorkFolder.create()) {
            LoginPathProof proof = new LoginPathProof(work.path(), attempts, report.seed());
            for (Compared compared : proof.server()) {
                report.say(compared.text());
                status = compared.differs() ? 1 : status;
            }
            Compared control = proof.control();
            report.say("control, 1 ms added: " + control.text());
            status = control.differs() ? status : SAYS_NOTHING;
        }
        report.say(
                switch (status) {
                    case 0 -> "no path differs, and the added millisecond was found";
                    case 1 -> "DIFFERENT";
                    default -> "the added millisecond was not found: this run says nothing";
                });
        System.exit(status);
    }

    /** A path beside the wrong password. */
    record Compared(LoginPath path, TwoSamples samples) {

        /** Whether one of the two statistics is beyond chance. */
        boolean differs() {
            return Math.abs(samples.welch()) >= BOUND || Math.abs(samples.deviations()) >= BOUND;
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%d pairs; %s %s, wrong password %s (medians); Welch's t %.2f, Mann-Whitney %.2f",
                    samples.one().size(),
                    path.words(),
                    millis(samples.one()),
                    millis(samples.other()),
                    samples.welch(),
                    samples.deviations());
        }

        private static String millis(ImmutableList<Duration> times) {
            return String.format(
                    Locale.ROOT, "%.3f ms", TwoSamples.median(times).toNanos() / 1e6);
        }
    }

    /** The standalone server: every path beside the wrong password. */
    List<Compared> server() throws IOException {
        Path data = Files.createDirectory(folder.resolve("paths"));
        LoginPathUsers.store(data, attempts + warmUp);
        try (ServerProcess server =
                ServerProcess.startToStay(data, List.of("--bcrypt-cost", Integer.toString(LoginPathUsers.COST)))) {
            List<LoginPath> others = List.of(LoginPath.UNKNOWN_USER, LoginPath.DISABLED_USER, LoginPath.NO_PASSWORD);
            return measured(server.address(), others);
        }
    }

    /** A server that must be found. */
    Compared control() throws IOException {
        Path data = Files.createDirectory(folder.resolve("control"));
        LoginPathUsers.store(data, attempts + warmUp);
        try (ServerProcess server = ServerProcess.startClass(
                SlowerPathServer.class, data, List.of(data.toString(), Integer.toString(ADDED_MICROS)))) {
            return measured(server.address(), List.of(LoginPath.UNKNOWN_USER)).get(0);
        }
    }

    private List<Compared> measured(URI address, List<LoginPath> others) throws IOException {
        List<LoginPath> round = new ArrayList<>(others);
        round.add(LoginPath.WRONG_PASSWORD);
        ImmutableListMultimap.Builder<LoginPath, Duration> times = ImmutableListMultimap.builder();
        for (int i = 0; i < warmUp + attempts; i++) {
            Collections.shuffle(round, random);
            for (LoginPath path : round) {
                Duration time = time(address, path.email(i));
                // The first requests are slower than all others.
                if (i >= warmUp) {
                    times.put(path, time);
                }
            }
        }
        ImmutableListMultimap<LoginPath, Duration> all = times.build();
        return others.stream()
                .map(path -> new Compared(path, new TwoSamples(all.get(path), all.get(LoginPath.WRONG_PASSWORD))))
                .toList();
    }

    private Duration time(URI address, String email) throws IOException {
        addresses++;
        String body = "{\"user\":{\"email\":\"" + email + "\",\"password\":\"a wrong password of somebody\"}}";
        LoopbackClient.Answer answer = LoopbackClient.from(addresses).post(address, "/api/users/login", body);
        if (answer.status() != 401) {
            throw new IllegalStateException("a login was answered with " + answer.status());
        }
        return answer.time();
    }
}
