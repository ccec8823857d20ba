package dev.countersign.json;

import static java.util.Objects.requireNonNull;

/** A JSON string. */
public record JsonString(String value) implements Json {

    /** Rejects null. */
    public JsonString {
        requireNonNull(value);
    }

    @Override
    public String typeName() {
        return "string";
    }

    @Override
    public String toString() {
        return value;
    }
}
