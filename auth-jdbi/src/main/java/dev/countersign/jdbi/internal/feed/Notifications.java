package dev.countersign.jdbi.internal.feed;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's notifications on a connection. Only where the driver is PostgreSQL's own and no pooler stands between: a pooler would hand the
 * notifications to whatever client uses the server's connection next.
 */
final class Notifications {

    private final Connection connection;
    private final Object driver;
    private final Method receive;
    private final String channel;

    private Notifications(Connection connection, Object driver, Method receive, String channel) {
        this.connection = connection;
        this.driver = driver;
        this.receive = receive;
        this.channel = channel;
    }

    /** Starts to listen; null if the connection cannot. */
    static @Nullable Notifications on(Connection connection, String channel) throws SQLException {
        // The application chooses the driver, so none of its types is named here.
        Class<?> type = type(connection);
        if (type == null || !connection.isWrapperFor(type)) {
            return null;
        }
        Object driver = connection.unwrap(type);
        try {
            Object announced = type.getMethod("getBackendPID").invoke(driver);
            Method receive = type.getMethod("getNotifications", int.class);
            if (!(announced instanceof Integer process) || process != process(connection)) {
                return null;
            }
            Notifications listening = new Notifications(connection, driver, receive, channel);
            listening.execute("LISTEN " + channel);
            return listening;
        } catch (ReflectiveOperationException otherVersion) {
            return null;
        }
    }

    private static @Nullable Class<?> type(Connection connection) {
        ClassLoader own = Notifications.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader :
                new ClassLoader[] {own, ofThread, connection.getClass().getClassLoader()}) {
            try {
                return Class.forName("org.postgresql.PGConnection", false, loader);
            } catch (ClassNotFoundException elsewhere) {
                // Another loader may know it.
            }
        }
        return null;
    }

    /** The process that answers; behind a pooler another one than the connection was told. */
    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Waits until there is a notification, at most this long. */
    void await(Duration most) {
        try {
            receive.invoke(driver, Math.max(1, Math.toIntExact(most.toMillis())));
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof SQLException broken) {
                throw new ConnectionException(broken);
            }
            throw new IllegalStateException("the driver failed", failed);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException("the driver hides its notifications", hidden);
        }
    }

    void stop() throws SQLException {
        execute("UNLISTEN " + channel);
        await(Duration.ofMillis(1));
    }

    private void execute(String statement) throws SQLException {
        try (Statement command = connection.createStatement()) {
            command.execute(statement);
        }
    }
}
