package dev.countersign.proof;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Hashes nothing, but takes a while now and then, in which others go on. */
final class PausingHasher implements PasswordHasher {

    private static final long LONGEST_NANOS = 3_000_000;

    private final PasswordHasher plain = PlainPasswordHasher.keepingPasswordsInTheClear();

    static void pause() {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        if (chance.nextBoolean()) {
            LockSupport.parkNanos(chance.nextLong(LONGEST_NANOS));
        }
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        pause();
        return plain.hash(password);
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        boolean matches = plain.verify(password, stored);
        pause();
        return matches;
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        return plain.outdated(stored);
    }

    @Override
    public PasswordHash decoy() {
        return plain.decoy();
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        return plain.decoyLike(stored);
    }

    @Override
    public int longestBytes() {
        return plain.longestBytes();
    }
}
