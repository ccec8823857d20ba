package dev.countersign.user;

/** What an import does with a user who exists already. */
public enum OnExisting {
    /** Leaves the user unchanged. */
    SKIP,
    /** Updates the user with the values that the import gives. */
    UPDATE
}
