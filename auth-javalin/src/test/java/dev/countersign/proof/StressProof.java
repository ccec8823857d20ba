package dev.countersign.proof;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logins, password changes, disabling and slow updates of one user at once, on two nodes whose clocks differ: does anything of the old password, or of a user
 * who was disabled, outlive the change?
 */
final class StressProof {

    private static final int CONNECTIONS = 8;
    /** Rounds at once, of a user each. */
    private static final int LANES = 4;
    /** By how much the clock of the other node is ahead; the last is that of a machine that somebody forgot. */
    private static final List<Duration> DIFFERENCES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofSeconds(300));

    private final Path work;
    private final int rounds;
    private final long seed;

    StressProof(Path work, int rounds, long seed) {
        this.work = work;
        this.rounds = rounds;
        this.seed = seed;
    }

    /** Runs on both databases, or those that are named: {@code [rounds] [sqlite|postgresql]...}; ends with 1 if there is a survivor. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("stress");
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        List<String> parts = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        boolean clean = true;
        for (String part : parts.isEmpty() ? List.of("sqlite", "postgresql") : parts) {
            try (WorkFolder work = WorkFolder.create()) {
                StressProof proof = new StressProof(work.path(), rounds, report.seed());
                long start = System.nanoTime();
                StressCounts counts = switch (part) {
                    case "sqlite" -> proof.onSqlite();
                    case "postgresql" -> proof.onPostgres();
                    default -> throw new IllegalArgumentException("sqlite or postgresql, not " + part);
                };
                report.say(part + ", " + rounds + " rounds in "
                        + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s: " + counts);
                counts.faults().forEach(report::say);
                clean &= counts.faults().isEmpty();
            }
        }
        System.exit(clean ? 0 : 1);
    }

    StressCounts onSqlite() {
        return on(SqliteUrl.of(work.resolve("stress.db")));
    }

    StressCounts onPostgres() throws IOException {
        try (PostgresNode node = PostgresBinaries.unpack(work).newNode(work.resolve("node"))) {
            node.start();
            return on(node.url());
        }
    }

    private StressCounts on(String url) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (HikariDataSource pool = ScaleDatabase.newPool(url, CONNECTIONS)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            stores.migrate();
            return run(stores.users(), threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private StressCounts run(UserStore users, ExecutorService threads) {
        List<List<StressNode>> pairs = pairs(users);
        StressCounts counts = new StressCounts();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Random random = new Random(seed + lane);
            lanes.add(threads.submit(() -> {
                for (int round = next.getAndIncrement(); round < rounds; round = next.getAndIncrement()) {
                    round(round, pairs.get(round % pairs.size()), random, counts, threads);
                }
            }));
        }
        for (Future<?> lane : lanes) {
            try {
                lane.get();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            }
        }
        return counts;
    }

    private static void round(
            int number, List<StressNode> pair, Random random, StressCounts counts, ExecutorService threads) {
        List<StressNode> nodes = new ArrayList<>(pair);
        // The change is made now by the one, now by the other.
        Collections.shuffle(nodes, random);
        StressRound.End[] ends = StressRound.End.values();
        new StressRound(nodes, counts, number).run(ends[random.nextInt(ends.length)], threads);
    }

    /** For each kind of token and difference, two nodes that all rounds share. */
    private static List<List<StressNode>> pairs(UserStore users) {
        SecureRandom keys = new SecureRandom();
        TokenCodec codec = new JjwtTokenCodec(
                KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, Instant.now(), keys)), keys);
        List<List<StressNode>> pairs = new ArrayList<>();
        for (StressTokens tokens : StressTokens.values()) {
            for (Duration ahead : DIFFERENCES) {
                pairs.add(List.of(
                        new StressNode(users, tokens, codec, Duration.ZERO),
                        new StressNode(users, tokens, codec, ahead)));
            }
        }
        return pairs;
    }
}
