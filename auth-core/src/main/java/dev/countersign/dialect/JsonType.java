package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.Locale;

/** The JSON types that a dialect can require of an input field. */
public enum JsonType {
    /** A string. */
    STRING,
    /** A number without a fraction. */
    INTEGER,
    /** A string or an integer; as an identifier, the integer is read as its digits. */
    STRING_OR_INTEGER,
    /** A number. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** An array. */
    ARRAY,
    /** An object. */
    OBJECT,
    /** Anything. */
    ANY;

    /** {@return whether the value has this type; null only fits {@link #ANY}} */
    public boolean fits(Json value) {
        requireNonNull(value, "value");

        return switch (this) {
            case STRING -> value instanceof JsonString;
            case INTEGER ->
                value instanceof JsonNumber number && number.asLong().isPresent();
            case STRING_OR_INTEGER -> STRING.fits(value) || INTEGER.fits(value);
            case NUMBER -> value instanceof JsonNumber;
            case BOOLEAN -> value instanceof JsonBoolean;
            case ARRAY -> value instanceof JsonArray;
            case OBJECT -> value instanceof JsonObject;
            case ANY -> true;
        };
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
