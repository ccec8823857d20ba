package dev.countersign.proof;

import java.time.Duration;

/** How many users are to be stored, and when to stop even if they are not all there. */
final class ScaleLimit {

    private final long users;
    private final long start = System.nanoTime();
    private final Duration patience;

    /** From now on. */
    ScaleLimit(long users, Duration patience) {
        this.users = users;
        this.patience = patience;
    }

    /** Whether the user of that number, the first of which is 0, is still to be stored. */
    boolean allows(long number) {
        return number < users && System.nanoTime() - start < patience.toNanos();
    }

    long users() {
        return users;
    }

    /** Users per second since the beginning. */
    double rate(long stored) {
        return stored * 1e9 / (System.nanoTime() - start);
    }
}
