package dev.countersign.port;

import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import java.time.Instant;
import java.util.List;

/** An append-only table of security events, which several nodes write into. Thread-safe; every method throws an {@code AuthFault} if the store failed. */
public interface EventStore {

    /**
     * Appends events, all or none.
     *
     * @param events the events, in order; may be empty
     */
    void append(List<EventRecord> events);

    /**
     * Reads events.
     *
     * @param query which events
     * @return the events, the latest first; of those at the same time, the one appended last first
     */
    List<EventRecord> find(EventQuery query);

    /**
     * Deletes the oldest events, as retention requires. Of several callers at once, only one deletes.
     *
     * @param before the time before which all events may be deleted; the latest one ever given counts
     * @param limit the most events to delete, at least 1
     * @return how many were deleted; less than the limit if none are left, or if another caller is deleting
     */
    int deleteBefore(Instant before, int limit);
}
