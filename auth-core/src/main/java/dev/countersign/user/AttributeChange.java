package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import java.util.List;

/**
 * A free attribute to be set.
 *
 * @param path member names, the outermost first; not empty
 * @param value the new value; JSON null is stored as JSON null
 */
public record AttributeChange(List<String> path, Json value) {

    /** Rejects an empty path, which would replace all attributes. */
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
     * @param attributes the current attributes
     * @param changes the changes; missing objects on a path are created, other values on it replaced
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
