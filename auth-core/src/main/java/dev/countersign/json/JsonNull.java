package dev.countersign.json;

/** The JSON literal {@code null}. */
public enum JsonNull implements Json {
    /** The only value. */
    NULL;

    @Override
    public String typeName() {
        return "null";
    }

    @Override
    public String toString() {
        return "null";
    }
}
