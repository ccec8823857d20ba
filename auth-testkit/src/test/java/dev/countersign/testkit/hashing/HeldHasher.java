package dev.countersign.testkit.hashing;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Begins a verification whenever it is called, and ends it when the test lets it. A stored form {@code mem-N} needs N bytes. */
public final class HeldHasher implements PasswordHasher {

    private static final String MEMORY = "mem-";

    private final PasswordHasher plain = PlainPasswordHasher.keepingPasswordsInTheClear();
    private final int atOnce;
    private final Semaphore ends = new Semaphore(0);
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

    public HeldHasher(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Lets so many calls end. */
    public void let(int calls) {
        ends.release(calls);
    }

    /** The passwords whose verification has begun, in order. */
    public List<String> begun() {
        return List.copyOf(begun);
    }

    /** How many were verified by each call of {@code verifyAll}. */
    public List<Integer> batches() {
        return List.copyOf(batches);
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public List<Boolean> verifyAll(List<Check> checks) {
        batches.add(checks.size());
        checks.forEach(check -> begin(check.password()));
        ends.acquireUninterruptibly();
        return checks.stream()
                .map(check -> plain.verify(check.password(), check.stored()))
                .toList();
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        begin(password);
        ends.acquireUninterruptibly();
        return plain.verify(password, stored);
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        begin(password);
        ends.acquireUninterruptibly();
        return plain.hash(password);
    }

    private void begin(RawPassword password) {
        begun.add(new String(password.revealUtf8(), StandardCharsets.UTF_8));
    }

    @Override
    public long memoryBytes(PasswordHash stored) {
        String text = stored.revealForStorage();
        return text.startsWith(MEMORY) ? Long.parseLong(text.substring(MEMORY.length())) : 0;
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
