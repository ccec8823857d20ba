package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** Half characters (lone surrogates), which JSON can escape, UTF-8 cannot hold, and no two programs read alike. */
public final class WholeText {

    private static final int REPLACEMENT = 0xFFFD;

    private WholeText() {}

    /**
     * Tells whether every text and every member's name of a value is of whole characters.
     *
     * @param value any value
     * @return whether it is
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

    /** {@return whether a text is of whole characters} */
    public static boolean isWhole(String text) {
        return text.codePoints().noneMatch(WholeText::isHalf);
    }

    /**
     * Puts U+FFFD in the place of each half character.
     *
     * @param value any value; its members' names are whole
     * @return a value of whole characters
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

    /** {@return whether a code point is one half of another} */
    public static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
