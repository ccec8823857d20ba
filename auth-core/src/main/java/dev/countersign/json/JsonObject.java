package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object.
 *
 * @param members in the order they were given in; cannot be modified
 */
public record JsonObject(Map<String, Json> members) implements Json {

    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(ImmutableMap.of());

    /** Copies the map. */
    public JsonObject {
        requireNonNull(members, "members");

        members = ImmutableMap.copyOf(members);
    }

    /**
     * Creates an object.
     *
     * @param members the members, kept in iteration order
     * @return the object
     */
    public static JsonObject of(Map<String, ? extends Json> members) {
        requireNonNull(members, "members");

        return new JsonObject(ImmutableMap.copyOf(members));
    }

    /**
     * Returns a member's value.
     *
     * @param name the member's name
     * @return the value, which may be JSON null; empty if there is no such member
     */
    public Optional<Json> get(String name) {
        requireNonNull(name, "name");

        return Optional.ofNullable(members.get(name));
    }

    /**
     * Returns a copy with one member set; an existing member keeps its position.
     *
     * @param name the member's name
     * @param value the member's new value
     * @return the changed copy
     */
    public JsonObject with(String name, Json value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");

        ImmutableMap.Builder<String, Json> changed = ImmutableMap.builder();
        return new JsonObject(changed.putAll(members).put(name, value).buildKeepingLast());
    }

    @Override
    public String typeName() {
        return "object";
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
