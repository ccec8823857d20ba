package dev.countersign.json;

import java.util.Optional;

/** A JSON value (RFC 8259). Immutable; equal by content, with the order of members ignored as JSON does. */
public sealed interface Json permits JsonNull, JsonBoolean, JsonNumber, JsonString, JsonArray, JsonObject {

    /**
     * The value as text when it is a string.
     *
     * @return the text, or empty for any other type of value
     */
    default Optional<String> asString() {
        return this instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    /** {@return whether this is JSON {@code null}} */
    default boolean isNull() {
        return this == JsonNull.NULL;
    }

    /** {@return the name of the value's type as RFC 8259 writes it: object, array, string, number, boolean or null} */
    String typeName();
}
