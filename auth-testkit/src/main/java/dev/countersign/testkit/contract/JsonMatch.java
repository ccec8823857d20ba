package dev.countersign.testkit.contract;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Compares JSON, including types and the order of members, and reports every difference with its place. */
final class JsonMatch {

    private final Captures captures;
    private final List<String> differences = new ArrayList<>();

    private JsonMatch(Captures captures) {
        this.captures = captures;
    }

    /** {@return all differences; none if the actual JSON matches} */
    static List<String> differences(Json expected, Json actual, Captures captures) {
        JsonMatch match = new JsonMatch(captures);
        match.compare(expected, actual, JsonPointer.ROOT);
        return match.differences;
    }

    private void compare(Json expected, Json actual, JsonPointer at) {
        if (expected instanceof JsonObject object && actual instanceof JsonObject other) {
            compare(object, other, at);
        } else if (expected instanceof JsonArray array && actual instanceof JsonArray other) {
            compare(array, other, at);
        } else {
            boolean same = (expected instanceof JsonString string && actual instanceof JsonString other)
                    ? captures.matches(string.value(), other.value())
                    : JsonText.write(expected).equals(JsonText.write(actual));
            note(same, expected, actual, at);
        }
    }

    private void compare(JsonObject expected, JsonObject actual, JsonPointer at) {
        boolean same = List.copyOf(expected.members().keySet())
                .equals(List.copyOf(actual.members().keySet()));
        note(same, expected, actual, at);
        if (same) {
            expected.members()
                    .forEach((name, value) -> compare(value, actual.get(name).orElseThrow(), at.child(name)));
        }
    }

    private void compare(JsonArray expected, JsonArray actual, JsonPointer at) {
        boolean same = expected.items().size() == actual.items().size();
        note(same, expected, actual, at);
        for (int i = 0; same && i < expected.items().size(); i++) {
            compare(expected.items().get(i), actual.items().get(i), at.child(Integer.toString(i)));
        }
    }

    private void note(boolean same, Json expected, Json actual, JsonPointer at) {
        if (!same) {
            differences.add(
                    "at \"" + at + "\" expected " + JsonText.write(expected) + " but was " + JsonText.write(actual));
        }
    }
}
