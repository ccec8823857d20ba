package dev.countersign.jdbi.table;

import java.util.List;

/** Reads our own table row by row and goes on after rows that are no user's. Thread-safe. */
public interface UserScan {

    /**
     * Reads the next rows.
     *
     * @param after the number before; {@code Long.MIN_VALUE} for the first
     * @param limit the most, 1 to 1000
     * @return the rows by number; none at the end
     * @throws IllegalArgumentException if the limit is another
     * @throws dev.countersign.AuthFault if the database broke
     */
    List<ScannedUser> page(long after, int limit);
}
