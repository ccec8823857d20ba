package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slot's dotted name: {@code user.attributes.address.city}; a part with other characters is written {@code ["a.b"]}.
 *
 * @param parts at least one; cannot be modified
 */
public record SlotName(List<String> parts) {

    private static final Pattern PART = Pattern.compile("\\.?([A-Za-z_][A-Za-z0-9_-]*)|\\[\"([^\"]+)\"]");

    /** Copies the list. */
    public SlotName {
        requireNonNull(parts, "parts");

        parts = ImmutableList.copyOf(parts);
    }

    /**
     * Parses a dotted name.
     *
     * @param text the name, without white space around it
     * @return the name
     * @throws IllegalArgumentException if the text is not a dotted name
     */
    public static SlotName parse(String text) {
        requireNonNull(text, "text");

        ImmutableList.Builder<String> parts = ImmutableList.builder();
        Matcher matcher = PART.matcher(text);
        int end = 0;
        while (end < text.length()) {
            boolean dotted = text.charAt(end) == '.';
            boolean misplaced = end == 0 ? dotted : !dotted && text.charAt(end) != '[';
            if (misplaced || !matcher.find(end) || matcher.start() != end) {
                throw new SlotException("not a slot name: " + text, SlotException.FORM);
            }
            parts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            end = matcher.end();
        }
        ImmutableList<String> all = parts.build();
        if (all.isEmpty()) {
            throw new SlotException("a slot without a name", SlotException.FORM);
        }
        return new SlotName(all);
    }

    /** {@return the first part: the source, such as {@code user}} */
    public String source() {
        return parts.get(0);
    }

    /** {@return the parts after the first} */
    public List<String> rest() {
        return parts.subList(1, parts.size());
    }

    /**
     * Whether this name equals a dotted name.
     *
     * @param dotted a dotted name of plain parts
     * @return true if they are equal
     */
    public boolean is(String dotted) {
        return toString().equals(dotted);
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
