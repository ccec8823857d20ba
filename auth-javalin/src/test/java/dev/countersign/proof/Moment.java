package dev.countersign.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws when something is to be killed: in the midst of writing, after enough was acknowledged to be lost; now and then as soon as may be. */
final class Moment {

    private static final int LONGEST_MILLIS = 500;
    private static final int EARLY = 10;

    private final Random random;
    private final int least;
    private final List<Long> acknowledged = new ArrayList<>();

    /** At least that many registrations and password changes are waited for, at most twice as many. */
    Moment(Random random, int least) {
        this.random = random;
        this.least = least;
    }

    /** Returns when it has come. Every tenth round it may come before or during the first write. */
    void await(Tally tally, int round) {
        long before = tally.hashes();
        boolean early = round % EARLY == EARLY - 1;
        if (!early) {
            tally.awaitHashes(before + least + random.nextInt(least + 1));
        }
        // So that it is not bound to the moment of an answer.
        Waiting.pause(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)));
        if (!early) {
            acknowledged.add(tally.hashes() - before);
        }
    }

    @Override
    public String toString() {
        List<Long> sorted = acknowledged.stream().sorted().toList();
        return "each time after " + sorted.get(0) + " to " + Collections.max(sorted)
                + " registrations and password changes (median " + sorted.get(sorted.size() / 2) + "), every " + EARLY
                + "th time early";
    }
}
