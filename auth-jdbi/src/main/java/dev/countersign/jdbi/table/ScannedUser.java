package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.StoredUser;
import org.jspecify.annotations.Nullable;

/**
 * A row of Countersign's own table, readable as a user or not.
 *
 * @param id the row's number
 * @param stored the user; null if the row cannot be read as one
 * @param flaw why the row cannot be read, without quoting it; empty if it can
 */
public record ScannedUser(long id, @Nullable StoredUser stored, String flaw) {

    /** Rejects null components. */
    public ScannedUser {
        requireNonNull(flaw, "flaw");
    }
}
