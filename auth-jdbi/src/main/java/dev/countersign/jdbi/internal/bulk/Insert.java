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
 * Inserts a batch inside a transaction by plain JDBC: JDBI's statement handling would cost more than the insert. Thread-safe.
 */
interface Insert {

    /** Inserts the rows of new users and returns their positions. No two rows may have the same UUID. */
    BitSet insert(Connection connection, List<ImportedUser> batch, Instant now) throws SQLException;

    default BitSet insert(Handle handle, List<ImportedUser> batch, Instant now) {
        try {
            return insert(handle.getConnection(), batch, now);
        } catch (SQLException failed) {
            // Callers turn it into a fault without values, as for every other statement.
            throw new ConnectionException(failed);
        }
    }
}
