package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which stored events to read.
 *
 * @param user only events about this user
 * @param kind only events of this kind
 * @param since only events at this time or later
 * @param until only events before this time
 * @param limit the most events, 1 to {@value #MOST}
 */
public record EventQuery(
        Optional<UserId> user, Optional<String> kind, Optional<Instant> since, Optional<Instant> until, int limit) {

    /** The most events of one query. */
    public static final int MOST = 10_000;

    /** Rejects null components and a limit out of range. */
    public EventQuery {
        requireNonNull(user, "user");
        requireNonNull(kind, "kind");
        requireNonNull(since, "since");
        requireNonNull(until, "until");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a query reads 1 to " + MOST + " events, not " + limit);
        }
    }

    /**
     * The latest events of all users.
     *
     * @param limit the most events, 1 to {@value #MOST}
     * @return the query
     */
    public static EventQuery latest(int limit) {
        return new EventQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }
}
