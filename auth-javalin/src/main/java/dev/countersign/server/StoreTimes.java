package dev.countersign.server;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** How many transactions there were, and how long they took together. Thread-safe. */
final class StoreTimes implements Consumer<Duration> {

    private final LongAdder transactions = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    @Override
    public void accept(Duration time) {
        transactions.increment();
        nanos.add(time.toNanos());
    }

    long transactions() {
        return transactions.sum();
    }

    long nanos() {
        return nanos.sum();
    }
}
