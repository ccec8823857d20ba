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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long this machine takes for a bcrypt hash, and how many logins that makes.
 *
 * @param cost the cost
 * @param each the time of a hash that is computed alone
 * @param together the part of one, of as many as are computed together
 * @param threads how many threads hash at the same time
 */
public record HashSpeed(int cost, Duration each, Duration together, int threads) {

    private static final Logger LOG = LoggerFactory.getLogger(HashSpeed.class);

    private static final int TRIES = 3;

    // Each step doubles the time, so that a hash of a sixty-fourth of it tells as much, and delays the first logins
    // less.
    private static final int SAMPLE_COST = 6;
    // The first ones are slow until they are compiled, and others when something else uses the processors.
    private static final Duration SAMPLING = Duration.ofMillis(100);
    private static final Duration WARM_UP = Duration.ofMillis(500);

    /** Rejects null components. */
    public HashSpeed {
        requireNonNull(each, "each");
        requireNonNull(together, "together");
    }

    /**
     * Measures on as many threads as are going to hash.
     *
     * @param cost the cost, as for {@link BcryptPasswordHasher}
     * @param threads how many hash at the same time, at least 1
     * @return the average times, without what the compiler takes
     */
    public static HashSpeed measure(int cost, int threads) {
        PasswordHasher hasher = new BcryptPasswordHasher(cost, new SecureRandom());
        List<CompletableFuture<HashSpeed>> measured = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            measured.add(CompletableFuture.supplyAsync(
                    () -> {
                        HashSpeed unused = measured(SAMPLE_COST, hasher, WARM_UP, threads);
                        return measured(cost, hasher, Duration.ZERO, threads);
                    },
                    task -> new Thread(task, "hash-speed").start()));
        }
        List<HashSpeed> speeds = measured.stream().map(CompletableFuture::join).toList();
        return new HashSpeed(cost, average(speeds, HashSpeed::each), average(speeds, HashSpeed::together), threads);
    }

    private static Duration average(List<HashSpeed> speeds, Function<HashSpeed, Duration> time) {
        return Duration.ofNanos((long) speeds.stream()
                .mapToLong(speed -> time.apply(speed).toNanos())
                .average()
                .orElse(0));
    }

    private static HashSpeed measured(int cost, PasswordHasher hasher, Duration time, int threads) {
        PasswordHash form = PasswordHash.of(String.format(Locale.ROOT, "$2b$%02d$%s", cost, ".".repeat(53)));
        PasswordHash hash = hasher.decoyLike(form);
        int atOnce = hasher.atOnce();
        Duration together = shortest(hasher, hash, time, atOnce);
        Duration each = atOnce == 1 ? together : shortest(hasher, hash, time, 1);
        // What can be computed together can be computed one after the other, and one is not slower than all.
        Duration all = together.multipliedBy(atOnce);
        return new HashSpeed(cost, least(each, all), least(together, each), threads);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The shortest time of one hash, of so many at once; goes on trying for at least that time. */
    private static Duration shortest(PasswordHasher hasher, PasswordHash hash, Duration time, int atOnce) {
        long shortest = Long.MAX_VALUE;
        try (RawPassword any = RawPassword.of("a password to measure with")) {
            List<PasswordHasher.Check> checks = Collections.nCopies(atOnce, new PasswordHasher.Check(any, hash));
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < TRIES || System.nanoTime() < end; i++) {
                long start = System.nanoTime();
                List<Boolean> unused = hasher.verifyAll(checks);
                shortest = Math.min(shortest, System.nanoTime() - start);
            }
        }
        return Duration.ofNanos(shortest / atOnce);
    }

    /** Measures in the background and logs the result. The budget then knows the time of a hash before the first login. */
    static void logInBackground(int cost, PasswordHasher hasher, HashBudget budget) {
        Thread thread = new Thread(
                () -> {
                    HashSpeed sample = measured(
                            SAMPLE_COST, hasher, SAMPLING, budget.limits().permits());
                    HashSpeed speed = sample.at(cost);
                    budget.expect(speed.together());
                    LOG.info("{}", speed);
                },
                "hash-speed");
        thread.setDaemon(true);
        thread.start();
    }

    private HashSpeed at(int other) {
        long times = 1L << (other - cost);
        return new HashSpeed(other, each.multipliedBy(times), together.multipliedBy(times), threads);
    }

    /** {@return how many logins this machine can verify per second} */
    public double loginsPerSecond() {
        return threads * 1e9 / Math.max(1, together.toNanos());
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
