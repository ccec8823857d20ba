package dev.countersign.template;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import java.util.Optional;

/** The text form of strings, numbers and booleans. */
final class Scalar {

    private Scalar() {}

    /** {@return the value as text; empty for null, lists and objects} */
    static Optional<String> text(Json value) {
        return value.isNull() || value instanceof JsonArray || value instanceof JsonObject
                ? Optional.empty()
                : Optional.of(value.toString());
    }
}
