package dev.countersign.internal.unicode;

import static java.util.Objects.requireNonNull;

import com.google.common.base.CharMatcher;
import java.util.Locale;
import java.util.Optional;

/**
 * A character that no new identifier may have, because readers could mistake the identifier for another one.
 *
 * @param codePoint the code point
 * @param description its kind, as a phrase such as "a character that cannot be seen"
 */
public record ForbiddenCharacter(int codePoint, String description) {

    private static final CharMatcher VISIBLE_ASCII =
            CharMatcher.inRange(' ', '~').precomputed();
    private static final int FIRST_ANNOTATION = 0xFFF9;
    private static final int LAST_ANNOTATION = 0xFFFB;
    private static final int REPLACEMENT = 0xFFFD;

    /** Rejects null components. */
    public ForbiddenCharacter {
        requireNonNull(description, "description");
    }

    /**
     * Finds the first such character.
     *
     * @param text any text
     * @return the first one, or empty if there is none
     */
    public static Optional<ForbiddenCharacter> first(String text) {
        requireNonNull(text, "text");

        if (VISIBLE_ASCII.matchesAllOf(text)) {
            return Optional.empty();
        }
        return text.codePoints()
                .mapToObj(ForbiddenCharacter::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ForbiddenCharacter> of(int codePoint) {
        return description(codePoint).map(description -> new ForbiddenCharacter(codePoint, description));
    }

    private static Optional<String> description(int codePoint) {
        if (codePoint == ' ') {
            return Optional.empty();
        }
        if (CodePoints.isDirection(codePoint)) {
            return Optional.of("a character that changes the direction of writing");
        }
        if (CodePoints.isIgnorable(codePoint) || (codePoint >= FIRST_ANNOTATION && codePoint <= LAST_ANNOTATION)) {
            return Optional.of("a character that cannot be seen");
        }
        if (codePoint == REPLACEMENT) {
            return Optional.of("which stands for a character that was lost");
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> Optional.of("a control character");
            case Character.SPACE_SEPARATOR -> Optional.of("a space other than the usual one");
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> Optional.of("a line break");
            case Character.PRIVATE_USE -> Optional.of("a character of private use");
            case Character.SURROGATE -> Optional.of("half of a character");
            default ->
                CodePoints.isAssigned(codePoint)
                        ? Optional.empty()
                        : Optional.of("a character that Unicode 16 does not have");
        };
    }

    /** {@return the code point and its kind, such as "U+200B, a character that cannot be seen"} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "U+%04X, %s", codePoint, description);
    }
}
