package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** Detects and replaces half characters (lone surrogates). JSON can escape them, UTF-8 cannot represent them, and programs read them differently. */
public final class WholeText {

    private static final int REPLACEMENT = 0xFFFD;

    private WholeText() {}

    /**
     * Whether every string and member name of a value has only whole characters.
     *
     * @param value any value
     * @return true if there is no half character
     */
    public static boolean isIn(Json value) {
        requireNonNull(value, "value");

        if (value instanceof JsonObject object) {
            return object.members().entrySet().stream()
                    .allMatch(member -> isWhole(member.getKey()) && isIn(member.getValue()));
        }
        if (value instanceof JsonArray array) {
            return array.items().stream().allMatch(WholeText::isIn);
        }
        return !(value instanceof JsonString text) || isWhole(text.value());
    }

    /** {@return whether a text has only whole characters} */
    public static boolean isWhole(String text) {
        return text.codePoints().noneMatch(WholeText::isHalf);
    }

    /**
     * Replaces each half character by U+FFFD.
     *
     * @param value any value whose member names have only whole characters
     * @return a value with only whole characters
     */
    public static Json replacedIn(Json value) {
        requireNonNull(value, "value");

        if (value instanceof JsonObject object) {
            ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
            object.members().forEach((name, member) -> members.put(name, replacedIn(member)));
            return new JsonObject(members.buildOrThrow());
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(
                    array.items().stream().map(WholeText::replacedIn).collect(ImmutableList.toImmutableList()));
        }
        return value instanceof JsonString text && !isWhole(text.value())
                ? new JsonString(text.value()
                        .codePoints()
                        .map(c -> isHalf(c) ? REPLACEMENT : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                : value;
    }

    /** {@return whether a code point is a half character (a surrogate)} */
    public static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
