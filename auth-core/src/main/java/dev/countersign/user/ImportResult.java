package dev.countersign.user;

/** What came of one imported user. */
public enum ImportResult {
    /** There was no such user; now there is. */
    ADDED,
    /** There is one with that UUID, e-mail address or username, who was left alone. */
    EXISTING,
    /** There is one with that UUID, e-mail address or username, who was changed. */
    UPDATED,
    /** UUID, e-mail address and username name several users; nothing was stored. */
    AMBIGUOUS,
    /** Another user has the number; nothing was stored. */
    NUMBER_TAKEN
}
