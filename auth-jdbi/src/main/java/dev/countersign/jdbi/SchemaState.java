package dev.countersign.jdbi;

/** What a database's schema is to this release. */
public enum SchemaState {
    /** No script was run, and nothing is in their way. */
    MISSING,
    /** A table has a name of ours, and the scripts did not make it. */
    FOREIGN,
    /** Scripts of this release were not run yet, or what they began is not finished. */
    BEHIND,
    /** Every script was run. */
    CURRENT,
    /** A later release added to it; this one works with it all the same. */
    AHEAD,
    /** A later release changed it in a way this one does not know. */
    TOO_NEW;

    /** {@return whether this release works with it as it is} */
    public boolean isUsable() {
        return this == CURRENT || this == AHEAD;
    }
}
