package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another process, this one, holds the write lock of the database, as a backup does. */
@Tag("slow")
class LockedTest {

    private static final String LOCKED = "another process holds its write lock";

    @TempDir
    private Path folder;

    private final SickMachine machine = SickMachine.here();

    private Connection lock(String how) throws Exception {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("auth.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN " + how);
        }
        return connection;
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMMEDIATE", "EXCLUSIVE"})
    void questions_are_answered_and_writes_fail_within_the_time_of_a_statement(String how) throws Exception {
        try (JarServer server = machine.serve("--database-statement-timeout 2s --data " + folder)) {
            Ada ada = Ada.registered(server.requests());
            try (Connection lock = lock(how)) {
                ada.checkQuestions();
                ada.checkUnavailable(Duration.ofMillis(3500));
                Ada.checkLog(server.errors(), "SQLITE_BUSY");
            }
            ada.checkWrites();
        }
    }

    @Test
    void a_login_does_not_wait_for_the_lock() throws Exception {
        try (JarServer server = machine.serve("--data " + folder)) {
            Ada ada = Ada.registered(server.requests());
            try (Connection lock = lock("IMMEDIATE")) {
                ada.checkReads();
            }
        }
    }

    @Test
    void a_server_starts_and_commands_read_and_say_why_they_do_not_write() throws Exception {
        String data = " --data " + folder;
        machine.run(Ada.PASSWORD + "\n", "user add --username ada" + data);
        try (Connection lock = lock("IMMEDIATE");
                JarServer server = machine.serve("--data " + folder)) {
            assertThat(server.requests().login("ada", "wrong").statusCode()).isEqualTo(401);
            Commands.checkReading(machine, data);
            Commands.checkWriting(machine, " --database-statement-timeout 1s" + data, LOCKED);
        }
    }
}
