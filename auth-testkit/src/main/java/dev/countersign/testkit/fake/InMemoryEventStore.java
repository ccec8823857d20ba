package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.port.EventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Events in memory. Thread-safe. */
public final class InMemoryEventStore implements EventStore {

    private final List<EventRecord> events = new ArrayList<>();
    private Instant cut = Instant.MIN;

    /** Creates an empty store. */
    public InMemoryEventStore() {}

    @Override
    public synchronized void append(List<EventRecord> more) {
        events.addAll(requireNonNull(more, "more"));
    }

    @Override
    public synchronized List<EventRecord> find(EventQuery query) {
        requireNonNull(query, "query");

        List<EventRecord> latestFirst = new ArrayList<>();
        for (EventRecord event : events) {
            latestFirst.add(0, event);
        }
        return latestFirst.stream()
                .filter(event -> query.user().isEmpty() || query.user().equals(event.user()))
                .filter(event -> query.kind().isEmpty() || query.kind().get().equals(event.kind()))
                .filter(event -> query.since().isEmpty()
                        || !event.at().isBefore(query.since().get()))
                .filter(event -> query.until().isEmpty()
                        || event.at().isBefore(query.until().get()))
                .sorted(Comparator.comparing(EventRecord::at).reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized int deleteBefore(Instant before, int limit) {
        requireNonNull(before, "before");
        if (limit < 1) {
            throw new IllegalArgumentException("at least one event is deleted: " + limit);
        }

        cut = before.isAfter(cut) ? before : cut;
        List<EventRecord> old = events.stream()
                .filter(event -> event.at().isBefore(cut))
                .sorted(Comparator.comparing(EventRecord::at))
                .limit(limit)
                .collect(Collectors.toList());
        old.forEach(events::remove);
        return old.size();
    }
}
