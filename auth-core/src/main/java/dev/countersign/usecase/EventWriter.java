package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Queues;
import dev.countersign.AuthFault;
import dev.countersign.event.Actor;
import dev.countersign.event.EventRecord;
import dev.countersign.event.SecurityEvent;
import dev.countersign.event.ServerDetail.EventsLost;
import dev.countersign.port.EventStore;
import dev.countersign.port.SecurityEvents;
import dev.countersign.session.Client;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes events into a store in batches, on a thread of its own behind a bounded queue: a request never waits for it. While the store fails, events wait in the
 * queue; those that find it full are counted as lost, which is reported and later stored as an event. Also deletes events that are older than the retention.
 * {@link #close} writes what is waiting. Thread-safe.
 */
public final class EventWriter implements SecurityEvents, AutoCloseable {

    /** The most events that wait. */
    public static final int QUEUE = 10_000;

    private static final int BATCH = 500;
    private static final Duration LINGER = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

    private final EventStore store;
    private final Optional<Duration> retention;
    private final InstantSource clock;
    private final Consumer<Trouble> onTrouble;
    private final BlockingQueue<EventRecord> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<EventRecord> batch = new ArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "countersign-events");

    private long reportedLost;
    private boolean isFailing;
    private Instant nextReport = Instant.MIN;
    private Instant nextSweep = Instant.MIN;

    private EventWriter(
            EventStore store, Optional<Duration> retention, InstantSource clock, Consumer<Trouble> onTrouble) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.onTrouble = onTrouble;
        thread.setDaemon(true);
    }

    /**
     * A report that the store fails, or that it works again.
     *
     * @param lost how many events have been lost since it last worked
     * @param cause why it fails; empty if it works again
     */
    public record Trouble(long lost, Optional<RuntimeException> cause) {

        /** Rejects null. */
        public Trouble {
            requireNonNull(cause, "cause");
        }
    }

    /**
     * Starts writing.
     *
     * @param store where events are stored
     * @param retention how long events are kept; empty for ever
     * @param clock the source of the current time
     * @param onTrouble called on the writing thread when the store begins to fail, then at most once a minute, and when it works again
     * @return the writer; to be closed after the last request
     * @throws IllegalArgumentException if the retention is not positive
     */
    public static EventWriter start(
            EventStore store, Optional<Duration> retention, InstantSource clock, Consumer<Trouble> onTrouble) {
        requireNonNull(store, "store");
        requireNonNull(retention, "retention");
        requireNonNull(clock, "clock");
        requireNonNull(onTrouble, "onTrouble");
        if (retention.isPresent()
                && (retention.get().isZero() || retention.get().isNegative())) {
            throw new IllegalArgumentException("events are kept for some time or for ever, not for " + retention.get());
        }
        EventWriter writer = new EventWriter(store, retention, clock, onTrouble);
        writer.thread.start();
        return writer;
    }

    @Override
    public void happened(SecurityEvent event) {
        EventRecord record = EventRecord.of(event);
        if (closing.getCount() == 0 || !queue.offer(record)) {
            lost.incrementAndGet();
        }
    }

    /** {@return how many events have been lost since the start} */
    public long lost() {
        return lost.get();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                Queues.drain(queue, batch, BATCH - batch.size(), batch.isEmpty() ? LINGER : Duration.ZERO);
                if (!write()) {
                    closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
                sweep();
            }
            flush();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        do {
            queue.drainTo(batch, BATCH - batch.size());
        } while (!batch.isEmpty() && write());
        lose(batch.size() + queue.size());
        batch.clear();
        queue.clear();
        if (lost.get() > reportedLost && !isFailing) {
            works();
        }
    }

    /** Returns whether the store works; if not, the batch stays for the next attempt. */
    private boolean write() {
        try {
            store.append(List.copyOf(batch));
        } catch (RuntimeException failed) {
            fails(failed);
            if (failed instanceof AuthFault fault && fault.isTemporary()) {
                return false;
            }
            if (batch.size() <= 1) {
                lose(batch.size());
                batch.clear();
                return false;
            }
            return writeSingly();
        }
        batch.clear();
        if (isFailing || lost.get() > reportedLost) {
            works();
        }
        return true;
    }

    /** An event that the store cannot take must not hold up the others. */
    private boolean writeSingly() {
        List<EventRecord> all = List.copyOf(batch);
        batch.clear();
        int refused = 0;
        for (EventRecord event : all) {
            try {
                store.append(List.of(event));
            } catch (RuntimeException failed) {
                refused++;
            }
        }
        lose(refused);
        return refused < all.size();
    }

    private void lose(int events) {
        lost.addAndGet(events);
        if (events > 0 && isFailing) {
            nextReport = Instant.MIN;
        }
    }

    private void fails(RuntimeException cause) {
        Instant now = clock.instant();
        if (!isFailing || !now.isBefore(nextReport)) {
            nextReport = now.plus(BETWEEN_REPORTS);
            report(new Trouble(lost.get() - reportedLost, Optional.of(cause)));
        }
        isFailing = true;
    }

    /** The loss itself becomes an event. If that fails, the next batch that is stored tries again. */
    private void works() {
        long count = lost.get() - reportedLost;
        try {
            if (count > 0) {
                store.append(List.of(EventRecord.of(new SecurityEvent(
                        Present.of(clock),
                        Optional.empty(),
                        Actor.SERVER,
                        Client.unknown(),
                        "",
                        new EventsLost(count)))));
            }
        } catch (RuntimeException failed) {
            fails(failed);
            return;
        }
        reportedLost += count;
        isFailing = false;
        report(new Trouble(count, Optional.empty()));
    }

    private void report(Trouble trouble) {
        try {
            onTrouble.accept(trouble);
        } catch (RuntimeException ignored) {
            // Writing goes on even if the report fails.
        }
    }

    /** One batch at a time, so that new events do not wait for the deletion of many old ones. */
    private void sweep() {
        Instant now = clock.instant();
        if (retention.isEmpty() || now.isBefore(nextSweep)) {
            return;
        }
        try {
            boolean more = store.deleteBefore(now.minus(retention.get()), BATCH) == BATCH;
            nextSweep = more ? now : now.plus(BETWEEN_SWEEPS);
        } catch (RuntimeException failed) {
            nextSweep = now.plus(BETWEEN_REPORTS);
            fails(failed);
        }
    }

    /** Writes the events that are waiting, for at most five seconds; those that remain are reported as lost. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(FLUSH.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (lost.get() > reportedLost || thread.isAlive()) {
            report(new Trouble(
                    lost.get() - reportedLost + queue.size(),
                    Optional.of(new IllegalStateException("the writer of events was closed"))));
        }
    }
}
