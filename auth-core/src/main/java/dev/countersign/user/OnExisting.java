package dev.countersign.user;

/** What an import does with a user who is there already. */
public enum OnExisting {
    /** Leave it alone. */
    SKIP,
    /** Give it what the import says. */
    UPDATE
}
