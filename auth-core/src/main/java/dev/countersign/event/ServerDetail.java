package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/** Details of what operators and the server do. */
public sealed interface ServerDetail extends EventDetail {

    /**
     * Users were imported.
     *
     * @param added how many users are new
     * @param updated how many stored users were changed
     * @param rejected how many rows were rejected
     */
    record UsersImported(long added, long updated, long rejected) implements ServerDetail {

        @Override
        public EventKind kind() {
            return EventKind.USERS_IMPORTED;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of(
                    "added", Long.toString(added),
                    "updated", Long.toString(updated),
                    "rejected", Long.toString(rejected));
        }
    }

    /**
     * Users were exported, with their hashes.
     *
     * @param users how many
     */
    record UsersExported(long users) implements ServerDetail {

        @Override
        public EventKind kind() {
            return EventKind.USERS_EXPORTED;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of("users", Long.toString(users));
        }
    }

    /**
     * The keys of a mount, or the master key, were changed.
     *
     * @param kind {@code KEY_ADDED}, {@code KEYS_RETIRED} or {@code MASTER_KEY_CHANGED}
     * @param keys the ids of the keys that are new or gone; may be empty
     */
    record KeysChanged(EventKind kind, List<String> keys) implements ServerDetail {

        /** Rejects another kind. */
        public KeysChanged {
            requireNonNull(kind, "kind");
            keys = List.copyOf(requireNonNull(keys, "keys"));
            if (kind != EventKind.KEY_ADDED && kind != EventKind.KEYS_RETIRED && kind != EventKind.MASTER_KEY_CHANGED) {
                throw new IllegalArgumentException("not a change of keys: " + kind.label());
            }
        }

        @Override
        public Map<String, String> fields() {
            return keys.isEmpty() ? ImmutableMap.of() : ImmutableMap.of("keys", String.join(",", keys));
        }
    }

    /**
     * Events could not be stored, because the store failed or was too slow.
     *
     * @param count how many since the last report
     */
    record EventsLost(long count) implements ServerDetail {

        /** Rejects a count below 1. */
        public EventsLost {
            if (count < 1) {
                throw new IllegalArgumentException("at least one event is lost: " + count);
            }
        }

        @Override
        public EventKind kind() {
            return EventKind.EVENTS_LOST;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of("count", Long.toString(count));
        }
    }
}
