package dev.countersign.json;

import java.util.Optional;

/** A JSON value (RFC 8259). Immutable; equality compares the content and ignores the order of members. */
public sealed interface Json permits JsonNull, JsonBoolean, JsonNumber, JsonString, JsonArray, JsonObject {

    /**
     * Returns the text of a JSON string.
     *
     * @return the text; empty for any other type
     */
    default Optional<String> asString() {
        return this instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    /** {@return whether this is JSON {@code null}} */
    default boolean isNull() {
        return this == JsonNull.NULL;
    }

    /** {@return the type's name in RFC 8259: object, array, string, number, boolean or null} */
    String typeName();
}
