package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventWriterTest extends SecurityEventsContract {

    private static final SecurityEvent EVENT = SampleEvents.everyKind().get(0);
    private static final Optional<Duration> FOREVER = Optional.empty();

    private final InMemoryEventStore memory = new InMemoryEventStore();
    private final MutableClock clock = new MutableClock();
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Supplier<RuntimeException>> failure = new AtomicReference<>();
    private final CountDownLatch held = new CountDownLatch(1);
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
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
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
    }
}
