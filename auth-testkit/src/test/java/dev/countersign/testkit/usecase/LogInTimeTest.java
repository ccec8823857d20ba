package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.LogIn;
import dev.countersign.user.IdentifierKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With bcrypt at work, interleaved attempts for an unknown and a known user take the same time on the processor. */
class LogInTimeTest {

    private static final int ROUNDS = 15;

    @Test
    void an_unknown_user_takes_as_long_as_a_wrong_password() {
        BcryptPasswordHasher hasher = new BcryptPasswordHasher(10, new SeededRandom(1));
        SampleAuth sample = new SampleAuth();
        sample.memory.insert(SampleUsers.leia(hasher.hash(RawPassword.of("right"))));
        Auth auth = sample.with(hasher);
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        nanos(auth, "leia@example.com");
        for (int round = 0; round < ROUNDS; round++) {
            known.add(nanos(auth, "leia@example.com"));
            unknown.add(nanos(auth, "nobody@example.com"));
        }
        assertThat((double) median(unknown) / median(known)).isBetween(0.85, 1.15);
    }

    private static long nanos(Auth auth, String email) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, RawPassword.of("wrong")));
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
    }
}
