package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every verification costs one hash: the time is the thread's own on the processor, so other work does not disturb it. */
class BcryptTimeTest {

    private static final BcryptPasswordHasher HASHER = new BcryptPasswordHasher(10, new SeededRandom(1));
    private static final PasswordHash STORED = HASHER.hash(RawPassword.of("right"));
    private static final String BODY = STORED.revealForStorage().substring(7);

    private static long oneHash;

    @BeforeAll
    static void measure_one_hash() {
        cost("wrong", STORED);
        oneHash = cost("wrong", STORED);
    }

    @Test
    void whatever_the_password_is() {
        for (String password : List.of("right", "", "x".repeat(73), "x".repeat(100_000), "a\0b", "\uD800")) {
            assertOneHash(cost(password, STORED));
        }
    }

    @Test
    void whatever_the_stored_hash_is() {
        for (String stored : List.of(
                "",
                "none",
                "$2x$10$" + BODY,
                "$2b$31$" + BODY,
                "$2b$03$" + BODY,
                "$2b$10$" + "!" + BODY.substring(1))) {
            assertOneHash(cost("right", PasswordHash.of(stored)));
        }
    }

    @Test
    void for_the_decoy() {
        assertOneHash(cost("right", HASHER.decoy()));
    }

    private static void assertOneHash(long nanos) {
        assertThat((double) nanos / oneHash).isBetween(0.6, 1.6);
    }

    /** The least of three: what disturbs a measurement only ever adds to it. */
    private static long cost(String text, PasswordHash stored) {
        return LongStream.range(0, 3).map(round -> once(text, stored)).min().orElseThrow();
    }

    private static long once(String text, PasswordHash stored) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        HASHER.verify(RawPassword.of(text), stored);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
}
