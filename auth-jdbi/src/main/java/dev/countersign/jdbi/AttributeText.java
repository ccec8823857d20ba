package dev.countersign.jdbi;

import dev.countersign.AuthFault;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.util.Collection;

/** Attributes as text that every database keeps, in the order of their keys. */
final class AttributeText {

    private AttributeText() {}

    static String write(JsonObject attributes) {
        return writeValue(attributes);
    }

    static String writeValue(Json value) {
        if (depth(value) > JsonText.MAX_DEPTH) {
            throw new IllegalArgumentException("attributes are nested at most " + JsonText.MAX_DEPTH + " deep");
        }
        return escapeLoneSurrogates(JsonText.write(value));
    }

    static JsonObject read(String text) {
        if (readValue(text) instanceof JsonObject attributes) {
            return attributes;
        }
        throw new IllegalArgumentException("stored attributes are no JSON object");
    }

    static Json readValue(String text) {
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

    private static int deepest(Collection<Json> values) {
        return values.stream().mapToInt(AttributeText::depth).max().orElse(0);
    }

    // Half a character is allowed in JSON but in no UTF-8; in JSON text it can only be inside a string, where it can be
    // escaped.
    private static String escapeLoneSurrogates(String json) {
        if (json.codePoints().noneMatch(AttributeText::isSurrogate)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (isSurrogate(c)) {
                escaped.append("\\u").append(Integer.toHexString(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
