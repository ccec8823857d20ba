package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets few of many requests work at the same time, so that hundreds of logins at once do not take the processors from verified requests. A request that waits
 * for its hash in a {@link HashBudget} lets another one work meanwhile. Thread-safe.
 */
public final class Turns {

    // Long for a burst; a store that does not answer must not make all others wait for it one after the other.
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

    private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

    private final Semaphore turns;
    private final Duration longestWait;

    private Turns(int most, Duration longestWait) {
        this.turns = new Semaphore(most, true);
        this.longestWait = longestWait;
    }

    /**
     * Turns for so many at the same time.
     *
     * @param most how many, at least 1
     * @param longestWait after this a request goes on without a turn
     * @return the turns
     */
    public static Turns of(int most, Duration longestWait) {
        requireNonNull(longestWait, "longestWait");
        if (most < 1) {
            throw new IllegalArgumentException("at least one has a turn: " + most);
        }
        return new Turns(most, longestWait);
    }

    /** {@return a turn for each processor, but two at least, because one request may be waiting for the store; nobody waits longer than a second} */
    public static Turns ofThisMachine() {
        return of(Math.max(2, Runtime.getRuntime().availableProcessors()), DEFAULT_WAIT);
    }

    /**
     * Runs a request in its turn; without one after the longest wait.
     *
     * @param request answers a request
     */
    public void run(Runnable request) {
        requireNonNull(request, "request");

        Turn turn = new Turn();
        turn.begin();
        CURRENT.set(turn);
        try {
            request.run();
        } finally {
            CURRENT.remove();
            turn.end();
        }
    }

    private final class Turn {

        private boolean has;

        void begin() {
            try {
                has = turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        void end() {
            if (has) {
                has = false;
                turns.release();
            }
        }
    }

    /** Ends the turn of this thread, if it has one, before it waits. */
    static void pause() {
        Turn turn = CURRENT.get();
        if (turn != null) {
            turn.end();
        }
    }

    /** Waits for another turn, if this thread works in turns. */
    static void resume() {
        Turn turn = CURRENT.get();
        if (turn != null) {
            turn.begin();
        }
    }
}
