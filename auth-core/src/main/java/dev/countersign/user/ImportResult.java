package dev.countersign.user;

/** The result of importing one user. */
public enum ImportResult {
    /** There was no such user; now there is. */
    ADDED,
    /** The user is there already, and was left alone. */
    EXISTING,
    /** The user is there already, and was changed. */
    UPDATED,
    /** What names the user names several; nothing was stored. */
    AMBIGUOUS,
    /** Another user has the number; nothing was stored. */
    NUMBER_TAKEN,
    /** Another user has the e-mail address or the username; nothing was stored. */
    IDENTIFIER_TAKEN
}
