package dev.countersign.javalin.jetty;

import java.time.Duration;

/**
 * How fast a body has to arrive.
 *
 * @param timeout how long it may take to its end
 * @param leastBytes how much of it must have come when half of that time is over, unless it has ended
 */
record Pace(Duration timeout, long leastBytes) {

    /** The least rate of a body that is read, in bytes a second. */
    static final int LEAST_RATE = 256;

    static Pace of(Duration timeout) {
        return new Pace(timeout, LEAST_RATE * timeout.dividedBy(2).toSeconds());
    }

    Duration half() {
        return timeout.dividedBy(2);
    }
}
