package dev.countersign.jdbi;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLWarning;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Takes no commit for durable about which the server has a warning. A PostgreSQL that waits for its synchronous standby and is told to stop
 * waiting, as a statement's time-out does, reports success, and only warns that the standby may not have it.
 */
final class CommitWarnings implements StatementCustomizer {

    private static final String WARNING = "01000";
    private static final String RESOLUTION_UNKNOWN = "08007";

    @Override
    public void afterExecution(PreparedStatement statement, StatementContext context) throws SQLException {
        check(statement.getWarnings());
    }

    static void check(@Nullable SQLWarning first) throws SQLException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (WARNING.equals(warning.getSQLState())) {
                throw new SQLRecoverableException("the server warned about the commit", RESOLUTION_UNKNOWN);
            }
        }
    }
}
