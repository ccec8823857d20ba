package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TwoSamples;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Throttle;
import dev.countersign.user.IdentifierKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * With bcrypt at work, attempts for an unknown and a known user are compared by a two-sample test over interleaved attempts, and by the time of the threads
 * on the processor, which other work does not lengthen. A difference must be beyond chance and beyond what a machine may do to either: a hash too
 * many or too few is both by far. {@code LoginTimeProof} looks for smaller ones.
 */
class LogInTimeTest {

    private static final int PAIRS = 18;
    private static final BcryptPasswordHasher BCRYPT = new BcryptPasswordHasher(10, new SeededRandom(1));

    private final SampleAuth sample = new SampleAuth();
    private final AtomicLong hashing = new AtomicLong();

    @Test
    void an_unknown_user_takes_as_long_as_a_wrong_password() {
        assertThat(differ(measured(BCRYPT))).isFalse();
    }

    @Test
    void an_unknown_user_without_a_hash_would_be_noticed() {
        assertThat(differ(measured(new NoDecoy(BCRYPT)))).isTrue();
    }

    /** One of a million comparisons finds chance beyond the first bound. */
    private static boolean differ(TwoSamples samples) {
        return Math.abs(samples.deviations()) > 4.9 && (samples.ratio() < 0.7 || samples.ratio() > 1.4);
    }

    private TwoSamples measured(PasswordHasher hasher) {
        sample.memory.insert(SampleUsers.leia(BCRYPT.hash(RawPassword.of("right"))));
        Auth auth = sample.builder()
                .hasher(new Measured(hasher))
                .throttle(Throttle.unlimitedGuesses())
                .build();
        time(auth, "leia@example.com");
        return TwoSamples.interleaved(
                PAIRS, () -> time(auth, "nobody@example.com"), () -> time(auth, "leia@example.com"), new Random(1));
    }

    /** What the login takes on its own thread, and its hash on one of the budget's. */
    private Duration time(Auth auth, String email) {
        hashing.set(0);
        long start = processorTime();
        auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, RawPassword.of("wrong")));
        return Duration.ofNanos(processorTime() - start + hashing.get());
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Measures each verification. */
    private final class Measured extends ForwardingHasher {

        Measured(PasswordHasher hasher) {
            super(hasher);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            long start = processorTime();
            boolean matches = super.verify(password, stored);
            hashing.addAndGet(processorTime() - start);
            return matches;
        }
    }

    /** Spares itself the decoy. */
    private static final class NoDecoy extends ForwardingHasher {

        NoDecoy(PasswordHasher hasher) {
            super(hasher);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            return !stored.equals(decoy()) && super.verify(password, stored);
        }
    }
}
