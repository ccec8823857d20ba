package dev.countersign.session;

/** Which sessions of a user end. */
public enum EndScope {
    /** All, and tokens that belong to no stored session: "log out everywhere", a disabled user. */
    EVERYTHING,
    /** Sessions that end with a password change, see {@link Session#endsWithPassword}. */
    ENDING_WITH_PASSWORD
}
