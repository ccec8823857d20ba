package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.port.EventStore;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of every {@link EventStore}. */
public abstract class EventStoreContract {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final int THREADS = 4;
    private static final int EVENTS = 25;

    /** {@return the store under test, empty at the start of a test and the same during one} */
    protected abstract EventStore events();

    /** {@return a store over the same data with connections of its own} */
    protected abstract EventStore reopened();

    private static EventRecord event(int second, long user, String kind) {
        return new EventRecord(
                START.plusSeconds(second),
                kind,
                Optional.of(new UserId(user)),
                "user",
                "2001:db8::1",
                "a \"browser\" \u202e\r\n\t\uD83D\uDE00",
                "shop",
                Map.of("reason", "wrong_password", "session", "5"));
    }

    private List<EventRecord> all() {
        return reopened().find(EventQuery.latest(EventQuery.MOST));
    }

    private static EventQuery query(Optional<UserId> user, Optional<String> kind, int since, int until, int limit) {
        return new EventQuery(
                user, kind, Optional.of(START.plusSeconds(since)), Optional.of(START.plusSeconds(until)), limit);
    }

    @Test
    void events_of_every_kind_are_read_as_they_were_appended() {
        List<EventRecord> every =
                SampleEvents.everyKind().stream().map(EventRecord::of).toList();
        events().append(every);
        List<EventRecord> latestFirst = new ArrayList<>(every);
        Collections.reverse(latestFirst);
        assertThat(all()).isEqualTo(latestFirst);
    }

    @Test
    void texts_and_times_are_kept_exactly_and_an_event_needs_neither_user_nor_details() {
        EventRecord bare = new EventRecord(START, "events_lost", Optional.empty(), "server", "", "", "", Map.of());
        EventRecord full = event(1, Long.MAX_VALUE, "login_refused");
        events().append(List.of(bare, full));
        assertThat(all()).containsExactly(full, bare);
    }

    @Test
    void the_latest_event_comes_first_whatever_the_order_of_appending() {
        events().append(List.of(event(5, 1, "a"), event(9, 1, "b")));
        events().append(List.of(event(7, 1, "c")));
        events().append(List.of());
        assertThat(all()).extracting(EventRecord::kind).containsExactly("b", "c", "a");
    }

    @Test
    void a_query_selects_by_user_kind_and_time() {
        events().append(List.of(
                event(1, 1, "login"), event(2, 2, "login"), event(3, 1, "change"), event(4, 1, "login")));
        Optional<UserId> one = Optional.of(new UserId(1));
        EventStore store = events();
        assertThat(store.find(query(one, Optional.empty(), 0, 100, 10)))
                .extracting(EventRecord::at)
                .containsExactly(START.plusSeconds(4), START.plusSeconds(3), START.plusSeconds(1));
        assertThat(store.find(query(one, Optional.of("login"), 0, 4, 10)))
                .extracting(EventRecord::at)
                .containsExactly(START.plusSeconds(1));
        assertThat(store.find(query(Optional.empty(), Optional.of("login"), 2, 100, 1)))
                .extracting(EventRecord::at)
                .containsExactly(START.plusSeconds(4));
        assertThat(store.find(query(Optional.empty(), Optional.empty(), 5, 100, 10)))
                .isEmpty();
        assertThat(store.find(query(Optional.of(new UserId(3)), Optional.empty(), 0, 100, 10)))
                .isEmpty();
    }

    @Test
    void retention_deletes_the_oldest_events_in_bounded_steps_and_no_younger_ones() {
        events().append(List.of(event(3, 1, "c"), event(1, 1, "a"), event(2, 1, "b"), event(4, 1, "d")));
        Instant before = START.plusSeconds(4);
        assertThat(events().deleteBefore(before, 2)).isEqualTo(2);
        assertThat(all()).extracting(EventRecord::kind).containsExactly("d", "c");
        assertThat(events().deleteBefore(before, 2)).isEqualTo(1);
        assertThat(events().deleteBefore(before, 2)).isZero();
        assertThat(all()).extracting(EventRecord::kind).containsExactly("d");
    }

    @Test
    void a_machine_whose_clock_is_behind_does_not_take_back_what_retention_allowed() {
        events().append(List.of(event(1, 1, "a"), event(2, 1, "b")));
        assertThat(events().deleteBefore(START.plusSeconds(3), 1)).isEqualTo(1);
        assertThat(events().deleteBefore(START.minus(Duration.ofDays(1)), 10)).isEqualTo(1);
        assertThat(all()).isEmpty();
    }

    @Test
    void at_least_one_event_is_deleted_at_a_time() {
        assertThatIllegalArgumentException().isThrownBy(() -> events().deleteBefore(START, 0));
    }

    @Test
    void many_nodes_append_and_delete_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                EventStore store = thread % 2 == 0 ? events() : reopened();
                running.add(threads.submit(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        store.append(List.of(event(i, 1, "young"), event(-i - 1, 1, "old")));
                        store.deleteBefore(START, 10);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        while (events().deleteBefore(START, 10) > 0) {
            assertThat(all()).isNotEmpty();
        }
        assertThat(all())
                .hasSize(THREADS * EVENTS)
                .allMatch(event -> event.kind().equals("young"));
    }
}
