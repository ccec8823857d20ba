package dev.countersign.proof;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TwoSamples;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.UserStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.sqlite.SQLiteDataSource;

/**
 * Wrong passwords of a known and of an unknown user, by turns over HTTP: does the time of the answer tell them apart? LoginTimeProof [PAIRS [mixed]]; with
 * {@code mixed}, half the stored hashes have another cost than new ones get, and each pair is of another known and another unknown user.
 */
final class LoginTimeProof {

    private static final String KNOWN = "known@example.org";
    private static final String UNKNOWN = "nobody@example.org";
    private static final int MIXED_USERS = 600;

    private final Path folder;
    private final int cost;
    private final int pairs;
    private final long seed;

    LoginTimeProof(Path folder, int cost, int pairs, long seed) {
        this.folder = folder;
        this.cost = cost;
        this.pairs = pairs;
        this.seed = seed;
    }

    /** Ends with 1 if there is a difference that chance makes in less than one of a thousand runs. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("LoginTimeProof");
        int pairs = arguments.length == 0 ? 300 : Integer.parseInt(arguments[0]);
        TwoSamples samples;
        try (WorkFolder work = WorkFolder.create()) {
            LoginTimeProof proof = new LoginTimeProof(work.path(), 12, pairs, report.seed());
            samples = arguments.length > 1 && arguments[1].equals("mixed") ? proof.runMixed() : proof.run();
        }
        report.say(summary(samples));
        System.exit(Math.abs(samples.deviations()) > 3.3 ? 1 : 0);
    }

    TwoSamples run() throws IOException {
        Path data = Files.createDirectory(folder.resolve("logins"));
        try (ServerProcess server =
                ServerProcess.start(data, List.of("--bcrypt-cost", Integer.toString(cost), "--throttle", "false"))) {
            Api api = new Api(server.address());
            if (!api.register("known", KNOWN, "the right password of somebody").isDone()) {
                throw new IllegalStateException("nobody could register");
            }
            // The first requests are slower than all others.
            TwoSamples.interleaved(5, () -> time(api, UNKNOWN), () -> time(api, KNOWN), new Random(seed));
            return TwoSamples.interleaved(pairs, () -> time(api, UNKNOWN), () -> time(api, KNOWN), new Random(seed));
        }
    }

    /** Half the users have hashes of a cost two below, which takes a quarter of the time. */
    TwoSamples runMixed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("logins"));
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + data.resolve("auth.db"));
        JdbiAuthStores stores = JdbiAuthStores.over(file);
        stores.migrate();
        Random random = new Random(seed);
        for (int i = 0; i < MIXED_USERS; i++) {
            // Nobody knows a password that matches, nor needs one.
            String digest = new BcryptPasswordHasher(10, new SeededRandom(i))
                    .decoy()
                    .revealForStorage()
                    .substring(7);
            stores.users()
                    .insert(new NewUser(
                            UUID.randomUUID(),
                            Identifier.email("known" + i + "@example.org").orElseThrow(),
                            Identifier.username("known" + i).orElseThrow(),
                            UserStatus.ACTIVE,
                            JsonObject.EMPTY,
                            PasswordHash.of(
                                    String.format(Locale.ROOT, "$2b$%02d$", random.nextBoolean() ? cost : cost - 2)
                                            + digest),
                            Instant.EPOCH));
        }
        try (ServerProcess server =
                ServerProcess.start(data, List.of("--bcrypt-cost", Integer.toString(cost), "--throttle", "false"))) {
            Api api = new Api(server.address());
            TwoSamples.interleaved(5, () -> time(api, UNKNOWN), () -> time(api, "known0@example.org"), random);
            return TwoSamples.interleaved(
                    pairs,
                    () -> time(api, "nobody" + random.nextInt() + "@example.org"),
                    () -> time(api, "known" + random.nextInt(MIXED_USERS) + "@example.org"),
                    random);
        }
    }

    private static Duration time(Api api, String email) {
        try {
            Api.Answer answer = api.logIn(email, "a wrong password of somebody");
            if (answer.status() != 401) {
                throw new IllegalStateException("a login was answered with " + answer.status());
            }
            return answer.time();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static String summary(TwoSamples samples) {
        return String.format(
                Locale.ROOT,
                "%d pairs; unknown user %s, wrong password %s (medians), ratio %.4f; the unknown user takes longer in %.1f %% of all comparisons,"
                        + " %.2f standard deviations from what chance does",
                samples.one().size(),
                millis(samples.one()),
                millis(samples.other()),
                samples.ratio(),
                100 * samples.oneIsLonger(),
                samples.deviations());
    }

    private static String millis(ImmutableList<Duration> times) {
        return String.format(Locale.ROOT, "%.2f ms", TwoSamples.median(times).toNanos() / 1e6);
    }
}
