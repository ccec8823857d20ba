package dev.countersign.jdbi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Connections that call something just before each statement. */
final class PausingConnections {

    private PausingConnections() {}

    static Jdbi over(String url, Runnable beforeStatement) {
        return Jdbi.create(() -> pausing(DriverManager.getConnection(url), beforeStatement));
    }

    static DataSource over(DataSource database, Runnable beforeStatement) {
        return proxy(
                DataSource.class,
                database,
                (method, result) ->
                        result instanceof Connection connection ? pausing(connection, beforeStatement) : result);
    }

    private static Connection pausing(Connection connection, Runnable beforeStatement) {
        return proxy(Connection.class, connection, (method, result) -> {
            if (result instanceof PreparedStatement statement) {
                return pausing(PreparedStatement.class, statement, beforeStatement);
            }
            return result instanceof Statement statement
                    ? pausing(Statement.class, statement, beforeStatement)
                    : result;
        });
    }

    private static <S extends Statement> S pausing(Class<S> type, S statement, Runnable beforeStatement) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        beforeStatement.run();
                    }
                    return invoke(() -> method.invoke(statement, arguments));
                }));
    }

    private interface Wrapping {
        Object of(String method, Object result) throws SQLException;
    }

    private static <C> C proxy(Class<C> type, C target, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        wrapping.of(method.getName(), invoke(() -> method.invoke(target, arguments)))));
    }

    private interface Call {
        Object invoke() throws ReflectiveOperationException;
    }

    private static Object invoke(Call call) throws Throwable {
        try {
            return call.invoke();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
