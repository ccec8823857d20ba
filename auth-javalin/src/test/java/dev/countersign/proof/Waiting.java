package dev.countersign.proof;

import java.io.IOException;
import java.time.Duration;

/** Waiting with an end. */
final class Waiting {

    private static final Duration STEP = Duration.ofMillis(50);

    private Waiting() {}

    /** What may not hold yet. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds; what it throws meanwhile means not yet. */
    static void until(String what, Duration limit, Condition condition) {
        long end = System.nanoTime() + limit.toNanos();
        Exception last = new IOException("never so");
        while (System.nanoTime() < end) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            pause(STEP);
        }
        throw new IllegalStateException(what + " took more than " + limit, last);
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
