package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.countersign.AuthFault;
import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.EventStore;
import dev.countersign.port.SecurityEvents;
import dev.countersign.testkit.contract.SampleEvents;
import dev.countersign.testkit.contract.SecurityEventsContract;
import dev.countersign.testkit.fake.InMemoryEventStore;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.usecase.EventWriter;
import dev.countersign.usecase.EventWriter.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventWriterTest extends SecurityEventsContract {

    private static final SecurityEvent EVENT = SampleEvents.everyKind().get(0);
    private static final SecurityEvent POISON = SampleEvents.everyKind().get(1);
    private static final Optional<Duration> FOREVER = Optional.empty();

    private final InMemoryEventStore memory = new InMemoryEventStore();
    private final MutableClock clock = new MutableClock();
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Supplier<RuntimeException>> failure = new AtomicReference<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger deletions = new AtomicInteger();
    private final AtomicBoolean failsDeletions = new AtomicBoolean();
    private final AtomicBoolean refusesPoison = new AtomicBoolean();
    private final EventStore store = new EventStore() {
        @Override
        public void append(List<EventRecord> events) {
            check(events);
            memory.append(events);
        }

        @Override
        public List<EventRecord> find(EventQuery query) {
            return memory.find(query);
        }

        @Override
        public int deleteBefore(Instant before, int limit) {
            deletions.incrementAndGet();
            if (failsDeletions.get()) {
                throw AuthFault.temporary("the database is away", new IllegalStateException());
            }
            check(List.of());
            return memory.deleteBefore(before, limit);
        }
    };
    private EventWriter writer = EventWriter.start(store, FOREVER, clock, troubles::add);

    private void check(List<EventRecord> events) {
        Supplier<RuntimeException> failing = failure.get();
        if (failing != null && (!events.isEmpty() || troubles.isEmpty())) {
            throw failing.get();
        }
        if (refusesPoison.get() && events.contains(EventRecord.of(POISON))) {
            throw new IllegalArgumentException("refused");
        }
    }

    private void away() {
        failure.set(() -> AuthFault.temporary("the database is away", new IllegalStateException()));
    }

    @AfterEach
    void close() {
        failure.set(null);
        held.countDown();
        writer.close();
    }

    @Override
    protected SecurityEvents events() {
        return writer;
    }

    private List<EventRecord> stored() {
        return memory.find(EventQuery.latest(EventQuery.MOST));
    }

    private List<EventRecord> losses() {
        return memory.find(
                new EventQuery(Optional.empty(), Optional.of("events_lost"), Optional.empty(), Optional.empty(), 10));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void closing_writes_what_is_waiting() {
        for (int i = 0; i < 1234; i++) {
            writer.happened(EVENT);
        }
        writer.close();
        assertThat(stored()).hasSize(1234);
        assertThat(writer.lost()).isZero();
        assertThat(troubles).isEmpty();
    }

    @Test
    void while_the_store_is_away_events_wait_and_none_is_lost() throws Exception {
        failure.set(() -> AuthFault.temporary("the database is away", new IllegalStateException()));
        writer.happened(EVENT);
        await(() -> troubles.size() == 1);
        writer.happened(EVENT);
        failure.set(null);
        await(() -> stored().size() == 2);
        await(() -> troubles.size() == 2);
        assertThat(troubles.get(0).cause()).isPresent();
        assertThat(troubles.get(1)).isEqualTo(new Trouble(0, Optional.empty()));
    }

    @Test
    void a_full_queue_loses_events_without_waiting_and_the_loss_becomes_an_event() throws Exception {
        failure.set(() -> AuthFault.temporary("the database is away", new IllegalStateException()));
        for (int i = 0; i < EventWriter.QUEUE + 2000; i++) {
            writer.happened(EVENT);
        }
        assertThat(writer.lost()).isBetween(1L, 2000L);
        await(() -> !troubles.isEmpty());
        long lost = writer.lost();
        failure.set(null);
        await(() -> !losses().isEmpty());
        assertThat(losses()).extracting(event -> event.details().get("count")).containsExactly(Long.toString(lost));
        await(() -> troubles.get(troubles.size() - 1).equals(new Trouble(lost, Optional.empty())));
    }

    @Test
    void an_event_that_the_store_refuses_does_not_hold_up_others() throws Exception {
        failure.set(() -> new IllegalArgumentException("refused"));
        writer.happened(EVENT);
        await(() -> writer.lost() == 1);
        failure.set(null);
        writer.happened(EVENT);
        await(() -> !losses().isEmpty());
        await(() -> stored().size() == 2);
    }

    @Test
    void of_a_batch_only_the_refused_events_are_lost() throws Exception {
        away();
        writer.happened(EVENT);
        await(() -> !troubles.isEmpty());
        writer.happened(POISON);
        writer.happened(EVENT);
        refusesPoison.set(true);
        failure.set(null);
        await(() -> !losses().isEmpty());
        assertThat(writer.lost()).isEqualTo(1);
        assertThat(losses()).extracting(event -> event.details().get("count")).containsExactly("1");
        assertThat(stored()).hasSize(3).doesNotContain(EventRecord.of(POISON));
        assertThat(troubles.get(troubles.size() - 1)).isEqualTo(new Trouble(1, Optional.empty()));
    }

    @Test
    void a_batch_that_is_refused_as_a_whole_is_lost_and_the_next_ones_are_not() throws Exception {
        away();
        writer.happened(POISON);
        await(() -> !troubles.isEmpty());
        writer.happened(POISON);
        refusesPoison.set(true);
        failure.set(null);
        await(() -> writer.lost() == 2);
        writer.happened(EVENT);
        await(() -> !losses().isEmpty());
        assertThat(losses()).extracting(event -> event.details().get("count")).containsExactly("2");
    }

    @Test
    void what_cannot_be_written_while_closing_is_lost_and_reported() throws Exception {
        away();
        writer.happened(EVENT);
        await(() -> troubles.size() == 1);
        writer.happened(EVENT);
        writer.happened(EVENT);
        writer.close();
        assertThat(writer.lost()).isEqualTo(3);
        assertThat(stored()).isEmpty();
        Trouble last = troubles.get(troubles.size() - 1);
        assertThat(last.lost()).isEqualTo(3);
        assertThat(last.cause()).get().asInstanceOf(THROWABLE).hasMessageContaining("closed");
    }

    @Test
    void closing_reports_a_loss_that_is_not_an_event_yet() throws Exception {
        failure.set(() -> new IllegalArgumentException("refused"));
        writer.happened(EVENT);
        await(() -> writer.lost() == 1);
        failure.set(null);
        writer.close();
        assertThat(losses()).hasSizeLessThanOrEqualTo(1);
        assertThat(troubles.get(troubles.size() - 1).lost()).isEqualTo(1);
    }

    @Test
    void trouble_is_told_once_a_minute() throws Exception {
        away();
        writer.happened(EVENT);
        await(() -> troubles.size() == 1);
        // Two more attempts fail meanwhile.
        Thread.sleep(2_500);
        assertThat(troubles).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        await(() -> troubles.size() == 2);
        assertThat(troubles.get(1).cause()).isPresent();
    }

    @Test
    void whoever_is_told_of_trouble_cannot_stop_the_writing() throws Exception {
        writer.close();
        writer = EventWriter.start(store, FOREVER, clock, trouble -> {
            troubles.add(trouble);
            throw new IllegalStateException("a broken report");
        });
        away();
        writer.happened(EVENT);
        await(() -> troubles.size() == 1);
        failure.set(null);
        await(() -> stored().size() == 1);
        await(() -> troubles.size() == 2);
    }

    @Test
    void old_events_are_deleted_in_portions_and_then_once_an_hour() throws Exception {
        writer.close();
        memory.append(Collections.nCopies(1001, EventRecord.of(EVENT)));
        clock.moveTo(EVENT.at().plus(Duration.ofDays(90)).plusMillis(1));
        writer = EventWriter.start(store, Optional.of(Duration.ofDays(90)), clock, troubles::add);
        await(() -> stored().isEmpty());
        await(() -> deletions.get() == 3);
        memory.append(List.of(EventRecord.of(EVENT)));
        clock.advance(Duration.ofMinutes(59));
        Thread.sleep(500);
        assertThat(deletions).hasValue(3);
        clock.advance(Duration.ofMinutes(1));
        await(() -> stored().isEmpty());
        assertThat(deletions).hasValue(4);
    }

    @Test
    void a_deletion_that_fails_is_tried_again_after_a_minute() throws Exception {
        writer.happened(EVENT);
        await(() -> stored().size() == 1);
        writer.close();
        clock.moveTo(EVENT.at().plus(Duration.ofDays(90)).plusMillis(1));
        failsDeletions.set(true);
        writer = EventWriter.start(store, Optional.of(Duration.ofDays(90)), clock, troubles::add);
        await(() -> troubles.size() == 1);
        failsDeletions.set(false);
        Thread.sleep(500);
        assertThat(deletions).hasValue(1);
        clock.advance(Duration.ofMinutes(1));
        await(() -> stored().isEmpty());
    }

    @Test
    void a_thread_that_is_interrupted_while_it_closes_stays_interrupted() {
        Thread.currentThread().interrupt();
        writer.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void it_writes_on_a_daemon() {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("countersign-events"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void an_event_after_closing_is_counted_as_lost() {
        writer.close();
        writer.happened(EVENT);
        assertThat(writer.lost()).isEqualTo(1);
        assertThat(stored()).isEmpty();
    }

    @Test
    void events_older_than_the_retention_are_deleted() throws Exception {
        writer.happened(EVENT);
        await(() -> stored().size() == 1);
        writer.close();
        clock.moveTo(EVENT.at().plus(Duration.ofDays(90)).plusMillis(1));
        writer = EventWriter.start(store, Optional.of(Duration.ofDays(90)), clock, troubles::add);
        await(() -> stored().isEmpty());
    }

    @Test
    void a_retention_is_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventWriter.start(store, Optional.of(Duration.ZERO), clock, troubles::add));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventWriter.start(store, Optional.of(Duration.ofNanos(-1)), clock, troubles::add));
    }
}
