package dev.countersign.dialect;

import dev.countersign.user.UserFlaw;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A flaw of one input field. A flaw without its own message uses the message of its {@link #fallback}. */
public enum FieldFlaw {
    /** The field is absent. */
    ABSENT(null),
    /** The field is JSON null. */
    NULL_VALUE(ABSENT),
    /** An empty text, or only white space unless the field is a password. */
    EMPTY(ABSENT),
    /** An unusable value, for example not an e-mail address or username. */
    MALFORMED(ABSENT),
    /** A value of another JSON type. */
    WRONG_TYPE(MALFORMED),
    /** Another user has it. */
    TAKEN(MALFORMED),
    /** A password of too few characters. */
    TOO_SHORT(MALFORMED),
    /** A password of too many characters. */
    TOO_LONG(MALFORMED),
    /** A password with too many bytes: a non-ASCII letter has two to four. */
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

    /** {@return the field flaw for a flaw that the core found} */
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

    /** {@return the flaw whose message replaces a missing one; empty for the flaw that must have a message} */
    public Optional<FieldFlaw> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
