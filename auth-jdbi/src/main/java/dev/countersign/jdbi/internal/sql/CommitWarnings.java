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
 * Treats a commit as failed if the server warns that it may not be durable. A PostgreSQL that waits for its synchronous standby and whose wait is
 * cancelled, for example by a statement timeout, reports success and only warns that the standby may not have the data. Other warnings can have the
 * same SQLSTATE and are ignored: an application's triggers may raise them.
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

    // The message is in the server's language; the name of the routine that raised it is not. A warning without that
    // name counts.
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

    // The application chooses the driver, so none of its types is named here.
    private static @Nullable Object ask(Object asked, String name) throws ReflectiveOperationException {
        Method method = asked.getClass().getMethod(name);
        return method.invoke(asked);
    }
}
