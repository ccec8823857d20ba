package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.hashing.HashBudget;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long this machine takes for a bcrypt hash, and how many logins that makes.
 *
 * @param cost the cost
 * @param each the time of a hash
 * @param threads how many are computed at the same time
 */
public record HashSpeed(int cost, Duration each, int threads) {

    private static final Logger LOG = LoggerFactory.getLogger(HashSpeed.class);

    // The first is slow until it is compiled.
    private static final int TRIES = 3;

    // Each step doubles the time, so that a hash of a sixteenth of it tells as much.
    private static final int SAMPLE_COST = 8;
    private static final int SAMPLES = 5;
    private static final PasswordHash SAMPLE = PasswordHash.of("$2b$08$" + ".".repeat(53));

    /** Rejects null components. */
    public HashSpeed {
        requireNonNull(each, "each");
    }

    /**
     * Measures on as many threads as are going to hash.
     *
     * @param cost the cost, as for {@link BcryptPasswordHasher}
     * @param threads how many hash at the same time, at least 1
     * @return the average time of a hash, without what the compiler takes
     */
    public static HashSpeed measure(int cost, int threads) {
        PasswordHasher hasher = new BcryptPasswordHasher(cost, new SecureRandom());
        List<CompletableFuture<Duration>> measured = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            measured.add(CompletableFuture.supplyAsync(
                    () -> shortest(hasher, hasher.decoy(), TRIES), task -> new Thread(task, "hash-speed").start()));
        }
        long nanos = measured.stream().mapToLong(one -> one.join().toNanos()).sum();
        return new HashSpeed(cost, Duration.ofNanos(nanos / threads), threads);
    }

    private static Duration shortest(PasswordHasher hasher, PasswordHash hash, int tries) {
        Duration shortest = Duration.ofDays(1);
        for (int i = 0; i < tries; i++) {
            try (RawPassword any = RawPassword.of("a password to measure with")) {
                long start = System.nanoTime();
                hasher.verify(any, hash);
                Duration time = Duration.ofNanos(System.nanoTime() - start);
                shortest = time.compareTo(shortest) < 0 ? time : shortest;
            }
        }
        return shortest;
    }

    /** Measures in the background and logs the result. The budget then knows the time of a hash before the first login. */
    static void logInBackground(int cost, PasswordHasher hasher, HashBudget budget) {
        Thread thread = new Thread(
                () -> {
                    Duration sample = shortest(hasher, hasher.decoyLike(SAMPLE), SAMPLES);
                    Duration each = sample.multipliedBy(1L << (cost - SAMPLE_COST));
                    budget.expect(each);
                    LOG.info("{}", new HashSpeed(cost, each, budget.limits().permits()));
                },
                "hash-speed");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return how many logins this machine can verify per second} */
    public double loginsPerSecond() {
        return threads * 1e9 / Math.max(1, each.toNanos());
    }

    /** {@return a line with cost, time and logins per second, for operators} */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "bcrypt cost %d takes %d ms here: up to %s logins per second with %d thread%s",
                cost,
                each.toMillis(),
                rate(),
                threads,
                threads == 1 ? "" : "s");
    }

    private String rate() {
        double rate = loginsPerSecond();
        return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate);
    }
}
