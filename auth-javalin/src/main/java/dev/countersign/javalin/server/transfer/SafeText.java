package dev.countersign.javalin.server.transfer;

import dev.countersign.json.Json;
import dev.countersign.json.text.JsonText;

/** JSON text that survives UTF-8: half a character, which JSON allows, is escaped. */
final class SafeText {

    private SafeText() {}

    static String of(Json value) {
        String json = JsonText.write(value);
        if (json.codePoints().noneMatch(SafeText::isSurrogate)) {
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
