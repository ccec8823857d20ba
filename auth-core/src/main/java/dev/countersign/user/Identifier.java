package dev.countersign.user;

import com.google.common.base.CharMatcher;
import dev.countersign.internal.unicode.CaseFolding;
import dev.countersign.internal.unicode.DomainName;
import dev.countersign.internal.unicode.ForbiddenCharacter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address or a username: stored as typed, compared by its folded form. Two identifiers are equal if their folded forms are: NFC after full
 * case folding ({@link CaseFolding}) and, after an {@code @}, the domain of UTS 46 ({@link DomainName}). The same on every JDK and in every locale.
 */
public final class Identifier {

    /** The longest identifier that can be stored, in code points: 64 for an address's local part, 1, and 255 for its domain (RFC 5321). */
    public static final int MAX_LENGTH = 320;

    /** Characters that RFC 5322 allows in a local part only within quotes or comments; addresses in use have neither. */
    private static final CharMatcher SPECIAL = CharMatcher.anyOf("\"(),:;<>@[\\] ");

    private final String typed;
    private final String folded;
    private final boolean number;

    private Identifier(String typed, boolean number) {
        this.typed = typed;
        // The length is checked first, so that a text of a megabyte costs no folding.
        this.folded = couldBeStored(typed) ? fold(typed) : "";
        this.number = number;
    }

    /**
     * An identifier for a look-up. Never fails: a text that could not be stored is equal to no stored identifier.
     *
     * @param text any text
     * @return the identifier, without white space around it
     */
    public static Identifier typed(String text) {
        return new Identifier(text.strip(), false);
    }

    /**
     * An e-mail address to be stored.
     *
     * @param text one {@code @} with text before it and a valid domain after it, no quotes, comments, white space or
     *     {@linkplain #forbidden forbidden} characters, at most {@value #MAX_LENGTH} code points
     * @return the identifier, or empty if the text is not a valid address
     */
    public static Optional<Identifier> email(String text) {
        int at = text.indexOf('@');
        return isStorable(text)
                        && at > 0
                        && SPECIAL.matchesNoneOf(text.substring(0, at))
                        && DomainName.isValid(text.substring(at + 1))
                ? Optional.of(new Identifier(text, false))
                : Optional.empty();
    }

    /**
     * A username to be stored.
     *
     * @param text 1 to {@value #MAX_LENGTH} code points, none of them {@linkplain #forbidden forbidden}, no white space at its ends
     * @return the identifier, or empty if the text is not a valid username
     */
    public static Optional<Identifier> username(String text) {
        return isStorable(text) ? Optional.of(new Identifier(text, false)) : Optional.empty();
    }

    /**
     * A username that appears as a JSON number in tokens and answers, as in some old systems.
     *
     * @param value the number
     * @return the identifier
     */
    public static Identifier username(long value) {
        return new Identifier(Long.toString(value), true);
    }

    /**
     * Finds the character for which a text is refused as a new identifier.
     *
     * @param text any text
     * @return the first character that no new identifier may have: an invisible one, one that changes the direction of writing, a control character
     *     and similar; empty if there is none, or if the text is too long anyway
     */
    public static Optional<ForbiddenCharacter> forbidden(String text) {
        return isShort(text) ? ForbiddenCharacter.first(text) : Optional.empty();
    }

    private static boolean isStorable(String text) {
        return couldBeStored(text) && ForbiddenCharacter.first(text).isEmpty();
    }

    /** Whether this or a former release would store the text. */
    private static boolean couldBeStored(String text) {
        return isShort(text)
                && !text.isEmpty()
                && text.strip().equals(text)
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isLoneSurrogate(c));
    }

    private static boolean isShort(String text) {
        return text.length() <= 2 * MAX_LENGTH && text.codePointCount(0, text.length()) <= MAX_LENGTH;
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String fold(String text) {
        int at = text.lastIndexOf('@');
        return at < 0
                ? CaseFolding.fold(text)
                : CaseFolding.fold(text.substring(0, at)) + '@' + DomainName.canonical(text.substring(at + 1));
    }

    /** {@return the text, as typed} */
    public String text() {
        return typed;
    }

    /** {@return the form for comparing and indexing; empty for a text that could not be stored} */
    public String folded() {
        return folded;
    }

    /**
     * {@return the form that releases before schema version 3 compared and indexed; empty for a text that could not be stored} A store that still has
     * rows with such forms looks for both, and takes a row only if its identifier equals the one that is looked for.
     */
    public String formerlyFolded() {
        return folded.isEmpty() ? "" : FormerFolding.fold(typed);
    }

    /** {@return whether the identifier appears as a JSON number} */
    public boolean isNumber() {
        return number;
    }

    /** {@return whether the text looks like an e-mail address rather than a username} */
    public boolean looksLikeEmail() {
        return typed.indexOf('@') >= 0;
    }

    /**
     * Checks whether a text is easily guessed from this identifier, as a password.
     *
     * @param text as typed
     * @return whether it is this identifier or, of an e-mail address, the part before the @
     */
    public boolean gives(String text) {
        Identifier typed = typed(text);
        int at = folded.lastIndexOf('@');
        return equals(typed) || (at > 0 && folded.substring(0, at).equals(typed.folded));
    }

    /** Equal if the folded forms are equal; a text that could not be stored equals only the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identifier identifier
                && folded.equals(identifier.folded)
                && (!folded.isEmpty() || typed.equals(identifier.typed));
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
