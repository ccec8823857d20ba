package dev.countersign.user;

/** The result of importing one user. */
public enum ImportResult {
    /** The user did not exist and was stored. */
    ADDED,
    /** The user exists already and was left unchanged. */
    EXISTING,
    /** The user exists already and was changed. */
    UPDATED,
    /** The identifiers belong to several users; nothing was stored. */
    AMBIGUOUS,
    /** Another user has the number; nothing was stored. */
    NUMBER_TAKEN,
    /** Another user has the e-mail address or the username; nothing was stored. */
    IDENTIFIER_TAKEN
}
