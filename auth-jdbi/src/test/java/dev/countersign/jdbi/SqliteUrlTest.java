package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteUrlTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"journal_mode, wal", "synchronous, 2", "busy_timeout, 5000", "foreign_keys, 1"})
    void the_settings_are_in_force(String pragma, String value) {
        Jdbi jdbi = Jdbi.create(SqliteUrl.of(folder.resolve("a b%20ß.db")));
        String inForce = jdbi.withHandle(handle ->
                handle.createQuery("PRAGMA " + pragma).mapTo(String.class).one());
        assertThat(inForce).isEqualTo(value);
        assertThat(folder.resolve("a b%20ß.db")).exists();
    }

    @Test
    void a_transaction_asks_for_the_write_lock_at_its_start() {
        Jdbi jdbi = Jdbi.create(SqliteUrl.of(folder.resolve("auth.db")) + "&busy_timeout=1");
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE t (n INTEGER)"));
        try (Handle reader = jdbi.open();
                Handle writer = jdbi.open()) {
            reader.begin();
            reader.createQuery("SELECT count(*) FROM t").mapTo(Integer.class).one();
            assertThatThrownBy(() -> writer.execute("INSERT INTO t VALUES (1)")).hasStackTraceContaining("SQLITE_BUSY");
            reader.rollback();
        }
    }

    @ParameterizedTest
    @CsvSource({"journal_mode, wal", "synchronous, 2", "busy_timeout, 77", "foreign_keys, 1"})
    void an_address_is_completed_and_what_it_says_wins(String pragma, String value) {
        Jdbi jdbi = Jdbi.create(
                SqliteUrl.completed("jdbc:sqlite:" + folder.resolve("auth.db") + "?busy_timeout=77&cache_size=10"));
        String inForce = jdbi.withHandle(handle ->
                handle.createQuery("PRAGMA " + pragma).mapTo(String.class).one());
        assertThat(inForce).isEqualTo(value);
        assertThat(SqliteUrl.completed("jdbc:sqlite:a")).isEqualTo(SqliteUrl.of(Path.of("a")));
        assertThatThrownBy(() -> SqliteUrl.completed("jdbc:postgresql:a")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a?b", ":memory:"})
    void what_is_no_file_is_refused(String path) {
        assertThatThrownBy(() -> SqliteUrl.of(Path.of(path))).isInstanceOf(IllegalArgumentException.class);
    }
}
