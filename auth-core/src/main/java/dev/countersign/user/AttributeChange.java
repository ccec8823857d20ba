package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import java.util.List;

/**
 * A free attribute to be set.
 *
 * @param path member names from the outermost in; not empty
 * @param value the new value; JSON null is stored as such
 */
public record AttributeChange(List<String> path, Json value) {

    /** Refuses a change of everything at once. */
    public AttributeChange {
        requireNonNull(path, "path");

        path = List.copyOf(path);
        requireNonNull(value, "value");
        if (path.isEmpty()) {
            throw new IllegalArgumentException("an attribute has a name");
        }
    }

    /**
     * Applies changes in order.
     *
     * @param attributes what is there
     * @param changes what to set; objects on the way are made, other values on the way replaced
     * @return the changed copy
     */
    public static JsonObject apply(JsonObject attributes, List<AttributeChange> changes) {
        requireNonNull(attributes, "attributes");

        JsonObject changed = attributes;
        for (AttributeChange change : changes) {
            changed = set(changed, change.path(), change.value());
        }
        return changed;
    }

    private static JsonObject set(JsonObject in, List<String> path, Json value) {
        String name = path.get(0);
        if (path.size() == 1) {
            return in.with(name, value);
        }
        JsonObject inner =
                in.get(name).orElse(JsonObject.EMPTY) instanceof JsonObject object ? object : JsonObject.EMPTY;
        return in.with(name, set(inner, path.subList(1, path.size()), value));
    }
}
