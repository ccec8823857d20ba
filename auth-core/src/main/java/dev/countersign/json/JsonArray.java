package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** A JSON array. */
public record JsonArray(ImmutableList<Json> items) implements Json {

    /** Rejects null components. */
    public JsonArray {
        requireNonNull(items, "items");
    }

    /**
     * Creates an array.
     *
     * @param items the items in order
     * @return the array
     */
    public static JsonArray of(Json... items) {
        requireNonNull(items, "items");

        return new JsonArray(ImmutableList.copyOf(items));
    }

    /**
     * Creates an array.
     *
     * @param items the items in order
     * @return the array
     */
    public static JsonArray of(List<? extends Json> items) {
        requireNonNull(items, "items");

        return new JsonArray(ImmutableList.copyOf(items));
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
