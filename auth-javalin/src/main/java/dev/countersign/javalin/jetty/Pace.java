package dev.countersign.javalin.jetty;

import java.time.Duration;

/**
 * The minimum pace at which a body must arrive.
 *
 * @param timeout the timeout for the whole body
 * @param leastBytes the bytes that must have arrived after half of the timeout, unless the body is complete
 */
record Pace(Duration timeout, long leastBytes) {

    /** The minimum rate of a body, in bytes per second. */
    static final int LEAST_RATE = 256;

    static Pace of(Duration timeout) {
        return new Pace(timeout, LEAST_RATE * timeout.dividedBy(2).toSeconds());
    }

    Duration half() {
        return timeout.dividedBy(2);
    }
}
