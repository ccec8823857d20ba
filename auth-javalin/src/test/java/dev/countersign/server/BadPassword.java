package dev.countersign.server;

import dev.countersign.user.UserFlaw;
import java.util.Locale;

/** Passwords that a policy of at least 15 characters refuses. */
enum BadPassword {
    SHORT(UserFlaw.TOO_SHORT),
    LONG(UserFlaw.TOO_LONG),
    BYTES(UserFlaw.TOO_MANY_BYTES),
    NUL(UserFlaw.MALFORMED),
    /** No HTTP body and no line of input can carry it. */
    SURROGATE(UserFlaw.MALFORMED),
    COMMON(UserFlaw.TOO_COMMON),
    REPEATED(UserFlaw.TOO_COMMON),
    BLOCKED(UserFlaw.TOO_COMMON),
    OWN_EMAIL(UserFlaw.LIKE_IDENTIFIER),
    OWN_LOCAL_PART(UserFlaw.LIKE_IDENTIFIER),
    OWN_USERNAME(UserFlaw.LIKE_IDENTIFIER);

    /** In the file of more passwords to refuse. */
    static final String BLOCKED_WORD = "Acme Corporation 2026";

    private final UserFlaw flaw;

    BadPassword(UserFlaw flaw) {
        this.flaw = flaw;
    }

    /** The identifiers of a user. */
    record Name(String email, String username) {}

    UserFlaw flaw() {
        return flaw;
    }

    String of(Name name) {
        return switch (this) {
            case SHORT -> "seven77";
            case LONG -> "many words ".repeat(7) + "of which none is short";
            case BYTES -> "🐎🐴🦄🐗🐂🐃🐄🐪🐫🦙🦒🐘🦏🦛🐁🐀🐹🐰🐿";
            case NUL -> "a password with \0 in it";
            case SURROGATE -> "a password with \uD83D in it";
            case COMMON -> "1QAZ2WSX3EDC4RFV";
            case REPEATED -> "PasswordPassword";
            case BLOCKED -> BLOCKED_WORD.toUpperCase(Locale.ROOT);
            case OWN_EMAIL -> name.email().toUpperCase(Locale.ROOT);
            case OWN_LOCAL_PART -> name.email().substring(0, name.email().indexOf('@'));
            case OWN_USERNAME -> name.username();
        };
    }
}
