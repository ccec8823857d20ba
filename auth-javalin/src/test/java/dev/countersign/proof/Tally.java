package dev.countersign.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What all clients saw. Thread-safe. */
final class Tally {

    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final AtomicLong registrations = new AtomicLong();
    private final AtomicLong passwords = new AtomicLong();
    private final AtomicLong notes = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong lastDone = new AtomicLong();
    private final List<String> surprises = new ArrayList<>();

    void registered() {
        registrations.incrementAndGet();
    }

    /** The registrations and password changes that were acknowledged: what costs a hash. */
    long hashes() {
        return registrations.get() + passwords.get();
    }

    void changed(boolean password) {
        (password ? passwords : notes).incrementAndGet();
    }

    /** Notes an answer, whatever it is. */
    void answered(Api.Answer answer) {
        slowestNanos.accumulateAndGet(answer.time().toNanos(), Math::max);
        if (answer.isDone()) {
            lastDone.set(System.nanoTime());
        } else if (answer.isUnavailable()) {
            unavailable.incrementAndGet();
        }
    }

    /** Notes what should not be. */
    synchronized void surprise(String what) {
        surprises.add(what);
    }

    /** Fails with all that should not have been. */
    synchronized void requireNoSurprise() {
        if (!surprises.isEmpty()) {
            throw new IllegalStateException(String.join("\n", surprises));
        }
    }

    private synchronized boolean isSurprised() {
        return !surprises.isEmpty();
    }

    /** Waits until something is acknowledged that was not before. */
    void awaitWrite(String what) {
        long start = System.nanoTime();
        Waiting.until(what, RECOVERY, () -> doneSince(start) || isSurprised());
        requireNoSurprise();
    }

    /** Waits until that many registrations and password changes are acknowledged. */
    void awaitHashes(long number) {
        Waiting.until(number + " hashes", LONGEST_WAIT, () -> hashes() >= number || isSurprised());
        requireNoSurprise();
    }

    long unavailable() {
        return unavailable.get();
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    boolean doneSince(long nanos) {
        return lastDone.get() - nanos > 0;
    }

    @Override
    public String toString() {
        return registrations + " registrations, " + passwords + " password changes and " + notes
                + " profile changes acknowledged";
    }
}
