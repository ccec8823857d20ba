package dev.countersign.bench;

import java.util.Arrays;

/** How long the requests of a stream took, and how many were answered wrongly. */
final class Times {

    private long[] nanos = new long[1 << 16];
    private int size;
    private int wrong;
    private long elapsed = 1;

    void add(long time, boolean isRight) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = time;
        if (!isRight) {
            wrong++;
        }
    }

    /** A connection that ended without an answer. */
    void addBroken() {
        wrong++;
    }

    void took(long time) {
        elapsed = time;
    }

    int wrong() {
        return wrong;
    }

    /** Right answers per second. */
    double perSecond() {
        return (size - wrong) * 1e9 / elapsed;
    }

    /** The milliseconds that this share of the requests did not exceed. */
    double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return size == 0 ? Double.NaN : sorted[(int) Math.min(size - 1, Math.floor(share * size))] / 1e6;
    }
}
