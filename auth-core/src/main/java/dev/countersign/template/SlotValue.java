package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The value of a slot: JSON, or a time that the slot's conversion formats. */
public sealed interface SlotValue {

    /** No value: JSON null unless the slot has a default. */
    SlotValue ABSENT = new OfJson(JsonNull.NULL);

    /** A JSON value. */
    record OfJson(Json value) implements SlotValue {

        /** Rejects null components. */
        public OfJson {
            requireNonNull(value, "value");
        }
    }

    /** A point in time. */
    record OfTime(Instant value) implements SlotValue {

        /** Rejects null components. */
        public OfTime {
            requireNonNull(value, "value");
        }
    }

    /** {@return the JSON as a slot's value} */
    static SlotValue of(Json value) {
        requireNonNull(value, "value");

        return new OfJson(value);
    }

    /** {@return the text as a JSON string, or {@link #ABSENT}} */
    static SlotValue of(@Nullable String text) {
        return text == null ? ABSENT : new OfJson(new JsonString(text));
    }

    /** {@return the integer as a JSON number} */
    static SlotValue of(long integer) {
        return new OfJson(JsonNumber.of(integer));
    }

    /** {@return the point in time, or {@link #ABSENT}} */
    static SlotValue of(@Nullable Instant time) {
        return time == null ? ABSENT : new OfTime(time);
    }
}
