package dev.countersign.dialect;

import dev.countersign.user.UserFlaw;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with one field. A flaw without a message of its own is reported with its {@link #fallback}'s. */
public enum FieldFlaw {
    /** The field is not there. */
    ABSENT(null),
    /** The field is JSON null. */
    NULL_VALUE(ABSENT),
    /** An empty text, or white space alone where it is no password. */
    EMPTY(ABSENT),
    /** Cannot be used: not an e-mail address, not a username. */
    MALFORMED(ABSENT),
    /** A value of another JSON type. */
    WRONG_TYPE(MALFORMED),
    /** Another user has it. */
    TAKEN(MALFORMED),
    /** A password of too few characters. */
    TOO_SHORT(MALFORMED),
    /** A password of too many characters. */
    TOO_LONG(MALFORMED),
    /** A password of more bytes than can be kept: letters beyond ASCII have two to four each. */
    TOO_MANY_BYTES(TOO_LONG),
    /** A password on the list of common ones. */
    TOO_COMMON(MALFORMED),
    /** A password that is the user's own e-mail address or username. */
    LIKE_IDENTIFIER(TOO_COMMON),
    /** Not the user's current password. */
    WRONG(MALFORMED);

    private final @Nullable FieldFlaw fallback;

    FieldFlaw(@Nullable FieldFlaw fallback) {
        this.fallback = fallback;
    }

    /** {@return what a request's answer says of a flaw that the core found} */
    public static FieldFlaw of(UserFlaw flaw) {
        return switch (flaw) {
            case ABSENT -> ABSENT;
            case MALFORMED -> MALFORMED;
            case TAKEN -> TAKEN;
            case TOO_SHORT -> TOO_SHORT;
            case TOO_LONG -> TOO_LONG;
            case TOO_MANY_BYTES -> TOO_MANY_BYTES;
            case TOO_COMMON -> TOO_COMMON;
            case LIKE_IDENTIFIER -> LIKE_IDENTIFIER;
            case WRONG -> WRONG;
        };
    }

    /** {@return the flaw whose message serves where this has none; empty for the one that must have a message} */
    public Optional<FieldFlaw> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
