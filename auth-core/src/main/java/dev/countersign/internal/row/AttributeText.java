package dev.countersign.internal.row;

import static java.util.Objects.requireNonNull;

import dev.countersign.AuthFault;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.WholeText;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.util.Collection;

/** Free attributes as JSON text that every database can store: types, nesting and the order of keys are preserved. Thread-safe. */
public final class AttributeText {

    private AttributeText() {}

    /**
     * Checks whether attributes can be written.
     *
     * @param value attributes, or one attribute's value
     * @return whether {@link #write} accepts them
     */
    public static boolean isWritable(Json value) {
        requireNonNull(value, "value");

        return depth(value) <= JsonText.MAX_DEPTH && hasWholeNames(value) && hasReadableNumbers(value);
    }

    /**
     * Writes attributes, or one attribute's value.
     *
     * @param value what to write
     * @return the text, well-formed Unicode
     * @throws IllegalArgumentException if the text could not be read again: nested deeper than {@link JsonText#MAX_DEPTH}, with a lone surrogate in a
     *     member's name, or with a number beyond {@link JsonText#MAX_NUMBER_LENGTH} or {@link JsonText#MAX_SCALE}
     */
    public static String write(Json value) {
        requireNonNull(value, "value");

        if (depth(value) > JsonText.MAX_DEPTH) {
            throw new IllegalArgumentException("attributes are nested at most " + JsonText.MAX_DEPTH + " deep");
        }
        if (!hasWholeNames(value)) {
            throw new IllegalArgumentException("an attribute's name is of whole characters");
        }
        if (!hasReadableNumbers(value)) {
            throw new IllegalArgumentException("an attribute's number has at most " + JsonText.MAX_NUMBER_LENGTH
                    + " digits, and an exponent of at most " + JsonText.MAX_SCALE);
        }
        return JsonText.write(value);
    }

    /**
     * Reads attributes.
     *
     * @param text the text that {@link #write} returned
     * @return the attributes
     * @throws AuthFault if the text is not a JSON object
     */
    public static JsonObject read(String text) {
        if (readValue(text) instanceof JsonObject attributes) {
            return attributes;
        }
        throw new AuthFault("stored attributes are no JSON object", new IllegalArgumentException("another JSON type"));
    }

    /**
     * Reads one attribute's value.
     *
     * @param text the text that {@link #write} returned
     * @return the value
     * @throws AuthFault if the text is not JSON
     */
    public static Json readValue(String text) {
        try {
            return JsonText.read(text);
        } catch (JsonSyntaxException unreadable) {
            throw new AuthFault("stored attributes are no JSON", unreadable);
        }
    }

    private static int depth(Json value) {
        if (value instanceof JsonObject object) {
            return 1 + deepest(object.members().values());
        }
        return value instanceof JsonArray array ? 1 + deepest(array.items()) : 0;
    }

    private static boolean hasWholeNames(Json value) {
        if (value instanceof JsonObject object) {
            return object.members().keySet().stream().allMatch(WholeText::isWhole)
                    && object.members().values().stream().allMatch(AttributeText::hasWholeNames);
        }
        return !(value instanceof JsonArray array) || array.items().stream().allMatch(AttributeText::hasWholeNames);
    }

    private static boolean hasReadableNumbers(Json value) {
        if (value instanceof JsonObject object) {
            return object.members().values().stream().allMatch(AttributeText::hasReadableNumbers);
        }
        if (value instanceof JsonArray array) {
            return array.items().stream().allMatch(AttributeText::hasReadableNumbers);
        }
        return !(value instanceof JsonNumber number)
                || (Math.abs((long) number.value().scale()) <= JsonText.MAX_SCALE
                        && JsonText.write(number).length() <= JsonText.MAX_NUMBER_LENGTH);
    }

    private static int deepest(Collection<Json> values) {
        return values.stream().mapToInt(AttributeText::depth).max().orElse(0);
    }
}
