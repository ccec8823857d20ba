package dev.countersign.jdbi;

/**
 * How far a database's schema is.
 *
 * @param present the number of the last script that was run; 0 for none
 * @param newest the number of the last script this release has
 * @param needed the oldest release, by its last script, that works with what is present; 0 for none
 */
public record SchemaStatus(int present, int newest, int needed) {

    /** {@return whether every script of this release was run} */
    public boolean isComplete() {
        return present >= newest;
    }

    /** {@return whether the database was changed by a later release in a way this one does not know} */
    public boolean isTooNew() {
        return needed > newest;
    }
}
