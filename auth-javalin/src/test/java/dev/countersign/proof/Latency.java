package dev.countersign.proof;

import java.util.Arrays;

/** How long each of many calls took. */
final class Latency {

    private long[] nanos = new long[1024];
    private int size;

    void time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = System.nanoTime() - start;
    }

    void forget() {
        size = 0;
    }

    /** The microseconds that this share of the calls did not exceed. */
    double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1, Math.floor(share * size))] / 1000.0;
    }
}
