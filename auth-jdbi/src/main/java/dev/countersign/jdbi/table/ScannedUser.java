package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.StoredUser;
import org.jspecify.annotations.Nullable;

/**
 * A row of our own table, whether it is a user's or not.
 *
 * @param id its number
 * @param stored the user; null if the row cannot be read
 * @param flaw why it cannot be read, without quoting it; empty if it can
 */
public record ScannedUser(long id, @Nullable StoredUser stored, String flaw) {

    /** Refuses what is missing. */
    public ScannedUser {
        requireNonNull(flaw, "flaw");
    }
}
