package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A JSON array.
 *
 * @param items in order; cannot be modified
 */
public record JsonArray(List<Json> items) implements Json {

    /** Copies the list. */
    public JsonArray {
        requireNonNull(items, "items");

        items = ImmutableList.copyOf(items);
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
