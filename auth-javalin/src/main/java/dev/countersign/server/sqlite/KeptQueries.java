package dev.countersign.server.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps its prepared queries for their next use: SQLite's driver prepares a statement anew each time, which takes longer than reading a
 * user. Statements that write are not kept. Used by one thread at a time, as a connection is.
 */
final class KeptQueries implements InvocationHandler {

    /** More than there are different queries; the texts of all but a few are constants. */
    private static final int MOST = 64;

    private final Connection connection;
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    private KeptQueries(Connection connection) {
        this.connection = connection;
    }

    static Connection of(Connection connection) {
        return (Connection) proxy(Connection.class, new KeptQueries(connection));
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(KeptQueries.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && arguments.length == 1) {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql && isQuery(sql)) {
                return prepared(sql);
            }
        }
        return call(connection, method, arguments);
    }

    private static boolean isQuery(String sql) {
        return sql.regionMatches(true, 0, "SELECT ", 0, 7);
    }

    private Object prepared(String sql) throws SQLException {
        PreparedStatement known = idle.remove(sql);
        return proxy(PreparedStatement.class, new Query(sql, known == null ? connection.prepareStatement(sql) : known));
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    /** One use of a prepared query, until it is closed. */
    private final class Query implements InvocationHandler {

        private final String sql;
        private final PreparedStatement statement;
        private @Nullable ResultSet rows;
        private boolean isRead = true;
        private boolean isClosed;

        Query(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "close" -> close();
                case "isClosed" -> isClosed || statement.isClosed();
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> ask(method, arguments);
            };
        }

        private @Nullable Object ask(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (isClosed) {
                throw new SQLException("the statement is closed");
            }
            if (method.getName().startsWith("execute")) {
                isRead = false;
            }
            Object answer = call(statement, method, arguments);
            if (answer instanceof ResultSet some) {
                rows = some;
                isRead = true;
            }
            return answer;
        }

        private @Nullable Object close() throws SQLException {
            if (!isClosed) {
                isClosed = true;
                if (!keep()) {
                    statement.close();
                }
            }
            return null;
        }

        /** A statement that failed is not kept. Nor is one whose rows were not asked for: it would hold a snapshot of the database. */
        private boolean keep() {
            if (!isRead || idle.size() >= MOST || idle.containsKey(sql)) {
                return false;
            }
            try {
                if (rows != null) {
                    rows.close();
                }
                statement.clearParameters();
                statement.setMaxRows(0);
                statement.setQueryTimeout(0);
            } catch (SQLException unusable) {
                return false;
            }
            idle.put(sql, statement);
            return true;
        }
    }
}
