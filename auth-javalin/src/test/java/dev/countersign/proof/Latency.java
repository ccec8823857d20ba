package dev.countersign.proof;

import java.util.Arrays;

/** How long each of many calls took, in the order of the calls. */
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

    /** The microseconds that this share of the calls did not exceed. */
    double micros(double share) {
        return share(Arrays.copyOf(nanos, size), share) / 1000.0;
    }

    /**
     * How many times as long as another's, turn by turn: the median of what the medians of a turn say. Whatever else the machine does in a
     * turn meets both.
     */
    double times(Latency other, int turn) {
        int turns = Math.min(size, other.size) / turn;
        double[] ratios = new double[turns];
        for (int i = 0; i < turns; i++) {
            ratios[i] = median(i * turn, turn) / other.median(i * turn, turn);
        }
        Arrays.sort(ratios);
        return ratios[turns / 2];
    }

    private double median(int from, int length) {
        return share(Arrays.copyOfRange(nanos, from, from + length), 0.5);
    }

    private static long share(long[] values, double share) {
        Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, Math.floor(share * values.length))];
    }
}
