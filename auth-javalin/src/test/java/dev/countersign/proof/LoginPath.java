package dev.countersign.proof;

import java.util.Locale;

/** What is wrong with a login; each answer is the same. */
enum LoginPath {
    /** Nobody has that address. */
    UNKNOWN_USER,
    /** The user has another password. */
    WRONG_PASSWORD,
    /** The user is disabled, and has another password. */
    DISABLED_USER,
    /** The user has no password. */
    NO_PASSWORD;

    /** The address of one of many users of that kind; all addresses have the same length. */
    String email(int number) {
        return String.format(Locale.ROOT, "%c%06d@example.org", (char) ('a' + ordinal()), number);
    }

    /** The words of a report. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
