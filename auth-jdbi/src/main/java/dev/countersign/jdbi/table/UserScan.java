package dev.countersign.jdbi.table;

import dev.countersign.user.Identifier;
import java.util.List;

/** Reads Countersign's own table row by row, and continues after rows that cannot be read as users. Thread-safe. */
public interface UserScan {

    /**
     * Reads the next rows.
     *
     * @param after the number of the last row read before; {@code Long.MIN_VALUE} for the first page
     * @param limit the most rows, 1 to 1000
     * @return the rows in the order of their numbers; empty at the end
     * @throws IllegalArgumentException if the limit is out of range
     * @throws dev.countersign.AuthFault if the database failed
     */
    List<ScannedUser> page(long after, int limit);

    /**
     * Reads the next rows whose e-mail address or username contains a text, compared as identifiers are. Reads the whole table.
     *
     * @param part the text
     * @param after the number of the last row read before; {@code Long.MIN_VALUE} for the first page
     * @param limit the most rows, 1 to 1000
     * @return the rows in the order of their numbers; empty at the end
     * @throws IllegalArgumentException if the limit is out of range
     * @throws dev.countersign.AuthFault if the database failed
     */
    List<ScannedUser> containing(Identifier part, long after, int limit);
}
