package dev.countersign.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptQueriesTest {

    private static final String BY_NUMBER = "SELECT name FROM things WHERE number = ?";

    @TempDir
    private Path folder;

    private final List<String> prepared = new ArrayList<>();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = KeptQueries.of(counting(open()));
        execute(connection, "PRAGMA journal_mode = wal");
        execute(connection, "CREATE TABLE things (number INTEGER PRIMARY KEY, name TEXT)");
        execute(connection, "INSERT INTO things VALUES (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void a_query_is_prepared_once() throws SQLException {
        assertThat(name(1)).isEqualTo("one");
        assertThat(name(2)).isEqualTo("two");
        assertThat(name(3)).isNull();
        assertThat(name(1)).isEqualTo("one");
        assertThat(prepared).containsExactly(BY_NUMBER);
    }

    @Test
    void a_query_inside_the_same_query_is_another_statement() throws SQLException {
        try (PreparedStatement outer = connection.prepareStatement(BY_NUMBER)) {
            outer.setInt(1, 1);
            try (ResultSet rows = outer.executeQuery()) {
                assertThat(name(2)).isEqualTo("two");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("one");
            }
        }
        assertThat(name(1)).isEqualTo("one");
        assertThat(prepared).hasSize(2);
    }

    @Test
    void nothing_of_the_use_before_is_left() throws SQLException {
        try (PreparedStatement first = connection.prepareStatement("SELECT name FROM things WHERE number < ?")) {
            first.setInt(1, 10);
            first.setMaxRows(1);
            first.setQueryTimeout(7);
            assertThat(count(first.executeQuery())).isOne();
        }
        try (PreparedStatement second = connection.prepareStatement("SELECT name FROM things WHERE number < ?")) {
            assertThat(second.getQueryTimeout()).isZero();
            second.setInt(1, 10);
            assertThat(count(second.executeQuery())).isEqualTo(2);
        }
        assertThat(prepared).hasSize(1);
    }

    @Test
    void rows_that_nobody_asked_for_or_closed_hold_no_snapshot() throws SQLException {
        try (PreparedStatement unread = connection.prepareStatement("SELECT name FROM things")) {
            unread.execute();
        }
        PreparedStatement halfRead = connection.prepareStatement("SELECT number FROM things");
        assertThat(halfRead.executeQuery().next()).isTrue();
        halfRead.close();
        try (Connection other = open();
                Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO things VALUES (3, 'three')");
            try (ResultSet checkpoint = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                assertThat(checkpoint.getInt(1)).as("kept from the checkpoint").isZero();
            }
        }
        assertThat(name(3)).isEqualTo("three");
    }

    @Test
    void a_changed_table_is_read_as_it_is_now() throws SQLException {
        assertThat(name(1)).isEqualTo("one");
        execute(connection, "DROP TABLE things");
        execute(connection, "CREATE TABLE things (name TEXT, more TEXT, number INTEGER)");
        execute(connection, "INSERT INTO things VALUES ('uno', '', 1)");
        assertThat(name(1)).isEqualTo("uno");
    }

    @Test
    void a_statement_that_failed_is_not_kept() throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (PreparedStatement failing = connection.prepareStatement("SELECT abs(-9223372036854775807 - ?)")) {
                failing.setInt(1, 1);
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(failing::executeQuery)
                        .withMessageContaining("overflow");
            }
        }
        assertThat(prepared).hasSize(2);
    }

    @Test
    void what_writes_is_prepared_each_time() throws SQLException {
        String sql = "UPDATE things SET name = 'x' WHERE number = 1 RETURNING name";
        for (int i = 0; i < 2; i++) {
            try (PreparedStatement writing = connection.prepareStatement(sql)) {
                assertThat(count(writing.executeQuery())).isOne();
            }
        }
        assertThat(prepared).containsExactly(sql, sql);
    }

    @Test
    void a_closed_statement_is_closed() throws SQLException {
        PreparedStatement closed = connection.prepareStatement(BY_NUMBER);
        closed.close();
        closed.close();
        assertThat(closed.isClosed()).isTrue();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> closed.setInt(1, 1))
                .withMessage("the statement is closed");
        assertThat(Set.<Object>of(closed, connection))
                .contains(closed)
                .doesNotContain(connection.prepareStatement(BY_NUMBER));
        assertThat(Set.of(connection)).contains(connection);
    }

    private String name(int number) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BY_NUMBER)) {
            query.setInt(1, number);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    private static void execute(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
    }

    /** Notes what is prepared by the real connection. */
    private Connection counting(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        prepared.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
    }
}
