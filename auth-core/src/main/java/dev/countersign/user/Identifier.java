package dev.countersign.user;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address or a username: kept as typed, compared by its folded form (Unicode NFC, case folded independently of any locale). Two
 * identifiers are equal if their folded forms are.
 */
public final class Identifier {

    /** The longest identifier that can be stored, in code points: 64 for an address's local part, 1, 255 for its domain (RFC 5321). */
    public static final int MAX_LENGTH = 320;

    private final String typed;
    private final String folded;
    private final boolean number;

    private Identifier(String typed, boolean number) {
        this.typed = typed;
        this.folded = CaseFolding.fold(typed);
        this.number = number;
    }

    /**
     * Takes what somebody typed to be looked up. Never fails: what could not be stored is equal to no stored identifier.
     *
     * @param text anything
     * @return the identifier, without white space around it
     */
    public static Identifier typed(String text) {
        return new Identifier(text.strip(), false);
    }

    /**
     * An e-mail address to be stored.
     *
     * @param text one {@code @} with something before and behind it, no white space or control characters, at most {@value #MAX_LENGTH} code points
     * @return the identifier, or empty if the text is no such address
     */
    public static Optional<Identifier> email(String text) {
        int at = text.indexOf('@');
        boolean address = at > 0 && at == text.lastIndexOf('@') && at < text.length() - 1;
        return address
                        && isStorable(text)
                        && text.chars().noneMatch(c -> isSpace(c) || c == ',' || c == '<' || c == '>')
                ? Optional.of(new Identifier(text, false))
                : Optional.empty();
    }

    /**
     * A username to be stored.
     *
     * @param text 1 to {@value #MAX_LENGTH} code points, no control characters, no white space at its ends
     * @return the identifier, or empty if the text is no such name
     */
    public static Optional<Identifier> username(String text) {
        return isStorable(text) ? Optional.of(new Identifier(text, false)) : Optional.empty();
    }

    /**
     * A username that is a JSON number wherever it is shown; some old systems have such.
     *
     * @param value the number
     * @return the identifier
     */
    public static Identifier username(long value) {
        return new Identifier(Long.toString(value), true);
    }

    private static boolean isStorable(String text) {
        return !text.isEmpty()
                && text.strip().equals(text)
                && text.codePointCount(0, text.length()) <= MAX_LENGTH
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isLoneSurrogate(c));
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** {@return the text as it was typed} */
    public String text() {
        return typed;
    }

    /** {@return the form that is compared and indexed; empty for a text that could not be stored} */
    public String folded() {
        return isStorable(typed) ? folded : "";
    }

    /** {@return whether the identifier is a JSON number where it is shown} */
    public boolean isNumber() {
        return number;
    }

    /** {@return whether the text looks like an e-mail address rather than a username} */
    public boolean looksLikeEmail() {
        return typed.indexOf('@') >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identifier identifier && folded.equals(identifier.folded);
    }

    @Override
    public int hashCode() {
        return folded.hashCode();
    }

    @Override
    public String toString() {
        return typed;
    }
}
