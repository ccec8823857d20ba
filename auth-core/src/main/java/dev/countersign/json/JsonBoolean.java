package dev.countersign.json;

/** A JSON boolean. */
public record JsonBoolean(boolean value) implements Json {

    @Override
    public String typeName() {
        return "boolean";
    }

    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
