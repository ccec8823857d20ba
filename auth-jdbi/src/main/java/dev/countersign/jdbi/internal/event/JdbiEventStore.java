package dev.countersign.jdbi.internal.event;

import static dev.countersign.jdbi.internal.event.EventRows.micros;
import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.EventStore;
import dev.countersign.user.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Events in our own table. */
final class JdbiEventStore implements EventStore {

    private static final String COLUMNS = "at, kind, user_id, actor, address, client, mount, details";

    private final Database database;
    private final String table;
    private final String cut;

    JdbiEventStore(Database database, TableNames names) {
        this.database = database;
        this.table = names.table("events");
        this.cut = names.table("event_cut");
    }

    @Override
    public void append(List<EventRecord> events) {
        requireNonNull(events, "events");
        if (events.isEmpty()) {
            return;
        }

        database.inTransaction("storing events", handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO " + table + " (" + COLUMNS
                    + ") VALUES (:at, :kind, :user, :actor, :address, :client, :mount, :details)");
            for (EventRecord event : events) {
                batch.bind("at", micros(event.at()))
                        .bind("kind", event.kind())
                        .bind("user", event.user().map(UserId::value).orElse(null))
                        .bind("actor", event.by())
                        .bind("address", event.address())
                        .bind("client", event.client())
                        .bind("mount", event.mount())
                        .bind("details", EventRows.details(event.details()))
                        .add();
            }
            return batch.execute();
        });
    }

    @Override
    public List<EventRecord> find(EventQuery query) {
        requireNonNull(query, "query");

        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        query.user().ifPresent(user -> conditions.add("user_id = :user"));
        query.kind().ifPresent(kind -> conditions.add("kind = :kind"));
        query.since().ifPresent(since -> conditions.add("at >= :since"));
        query.until().ifPresent(until -> conditions.add("at < :until"));
        return database.run("reading events", handle -> {
            Query select = handle.createQuery("SELECT " + COLUMNS + " FROM " + table + " WHERE "
                            + String.join(" AND ", conditions) + " ORDER BY at DESC, id DESC LIMIT :limit")
                    .bind("limit", query.limit());
            query.user().ifPresent(user -> select.bind("user", user.value()));
            query.kind().ifPresent(kind -> select.bind("kind", kind));
            query.since().ifPresent(since -> select.bind("since", micros(since)));
            query.until().ifPresent(until -> select.bind("until", micros(until)));
            return select.map(EventRows::event).list();
        });
    }

    @Override
    public int deleteBefore(Instant before, int limit) {
        requireNonNull(before, "before");
        if (limit < 1) {
            throw new IllegalArgumentException("at least one event is deleted: " + limit);
        }

        return database.inTransaction("deleting old events", handle -> {
            if (!isAlone(handle)) {
                return 0;
            }
            handle.createUpdate("UPDATE " + cut + " SET before_at = :before WHERE before_at < :before")
                    .bind("before", micros(before))
                    .execute();
            return handle.createUpdate("DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table
                            + " WHERE at < (SELECT before_at FROM " + cut + ") ORDER BY at LIMIT :limit)")
                    .bind("limit", limit)
                    .execute();
        });
    }

    /** SQLite has one writer anyway; on PostgreSQL the lock ends with the transaction. */
    private boolean isAlone(Handle handle) {
        if (database.vendor(handle) == Vendor.SQLITE) {
            return true;
        }
        long number = Hashing.sha256()
                .hashString("countersign events " + table, StandardCharsets.UTF_8)
                .asLong();
        return handle.createQuery("SELECT pg_try_advisory_xact_lock(:number)")
                .bind("number", number)
                .mapTo(Boolean.class)
                .one();
    }
}
