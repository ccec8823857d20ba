package dev.countersign.jdbi.internal.sql;

import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLWarning;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Takes no commit for durable about which the server has a warning. A PostgreSQL that waits for its synchronous standby and is told to stop
 * waiting, as a statement's time-out does, reports success, and only warns that the standby may not have it. Other warnings have the same
 * state and mean nothing here: an application's triggers may warn.
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
            if (WARNING.equals(warning.getSQLState()) && mayBeOfReplication(warning)) {
                throw new SQLRecoverableException("the server warned about the commit", RESOLUTION_UNKNOWN);
            }
        }
    }

    // The text is in the server's language; where in its source a warning comes from is not. A driver that does not
    // tell is not trusted.
    private static boolean mayBeOfReplication(SQLWarning warning) {
        try {
            Object message = ask(warning, "getServerErrorMessage");
            Object routine = message == null ? null : ask(message, "getRoutine");
            Object file = message == null ? null : ask(message, "getFile");
            return routine == null
                    || routine.toString().startsWith("SyncRep")
                    || (file != null && file.toString().endsWith("syncrep.c"));
        } catch (ReflectiveOperationException otherDriver) {
            return true;
        }
    }

    // The driver is the application's choice, so none of its types is named here.
    private static @Nullable Object ask(Object asked, String name) throws ReflectiveOperationException {
        Method method = asked.getClass().getMethod(name);
        return method.invoke(asked);
    }
}
