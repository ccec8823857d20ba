package dev.countersign.proof;

import java.util.Locale;

/** What is wrong with a login; each answer is the same. */
enum LoginPath {
    /** Nobody has that address. */
    UNKNOWN_USER('a'),
    /** The user has another password. */
    WRONG_PASSWORD('b'),
    /** The user is disabled, and has another password. */
    DISABLED_USER('c'),
    /** The user has no password. */
    NO_PASSWORD('d');

    private final char first;

    LoginPath(char first) {
        this.first = first;
    }

    /** The address of one of many users of that kind; all addresses have the same length. */
    String email(int number) {
        return String.format(Locale.ROOT, "%c%06d@example.org", first, number);
    }

    /** A seed of its own for each user. */
    long seed(int number) {
        return first * 1_000_000L + number;
    }

    /** The words of a report. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
