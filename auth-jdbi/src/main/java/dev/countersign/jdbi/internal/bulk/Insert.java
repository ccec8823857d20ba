package dev.countersign.jdbi.internal.bulk;

import dev.countersign.user.ImportedUser;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * Inserts a batch as fast as the database takes it, inside a transaction, without the statement machinery between, which costs more than the insert.
 * Thread-safe.
 */
interface Insert {

    /** The positions that were new. No two rows may have the same UUID. */
    BitSet insert(Connection connection, List<ImportedUser> batch, Instant now) throws SQLException;

    default BitSet insert(Handle handle, List<ImportedUser> batch, Instant now) {
        try {
            return insert(handle.getConnection(), batch, now);
        } catch (SQLException failed) {
            // Becomes a fault without values like those of every other statement.
            throw new ConnectionException(failed);
        }
    }
}
