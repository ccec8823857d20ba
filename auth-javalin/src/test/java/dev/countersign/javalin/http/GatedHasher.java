package dev.countersign.javalin.http;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.util.concurrent.CountDownLatch;

/** A hasher whose verifications end only when the test opens the gate. */
public final class GatedHasher implements PasswordHasher {

    private final PasswordHasher plain = PlainPasswordHasher.keepingPasswordsInTheClear();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** From now on verifications wait. */
    public void shut() {
        gate = new CountDownLatch(1);
    }

    /** Those that wait end, and later ones do not wait. */
    public void open() {
        gate.countDown();
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        try {
            gate.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        return plain.verify(password, stored);
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        return plain.hash(password);
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
