package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An SQLite file that an address names has what that of the data folder has. */
class EmbeddedDatabaseTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "?busy_timeout=100"})
    void a_file_that_an_address_names_is_for_its_owner_alone(String settings) throws Exception {
        try (Storage storage = Storage.open(config("users.db" + settings))) {
            assertThat(storage.schemaStatus().isComplete()).isTrue();
            for (String name : new String[] {"users.db", "users.db-wal", "users.db-shm"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "journal_mode, wal, ''",
        "synchronous, 2, ''",
        "busy_timeout, 5000, ''",
        "foreign_keys, 1, ''",
        "busy_timeout, 77, ?BUSY_TIMEOUT=77",
        "foreign_keys, 1, ?busy_timeout=77&journal_mode=WAL",
        "journal_mode, delete, ?journal_mode=DELETE"
    })
    void it_has_the_settings_unless_the_address_says_otherwise(String pragma, String value, String settings)
            throws Exception {
        String url = EmbeddedDatabase.url(config("users.db" + settings)).revealForConnection();
        assertThat(Jdbi.create(url)
                        .<String, RuntimeException>withHandle(handle -> handle.createQuery("PRAGMA " + pragma)
                                .mapTo(String.class)
                                .one()))
                .isEqualTo(value);
        assertThat(url).contains("transaction_mode=IMMEDIATE");
    }

    @Test
    void a_setting_that_would_become_part_of_the_file_s_name_is_refused_without_quoting_it() throws Exception {
        ServerConfig config = config("users.db?journal_mode=WAL&sesame=open");
        assertThatThrownBy(() -> Storage.open(config).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not know")
                .hasMessageNotContaining("sesame");
        assertThat(folder.resolve("users.db")).doesNotExist();
    }

    @Test
    void a_file_that_cannot_be_made_is_told() throws Exception {
        ServerConfig config = config("nowhere/users.db");
        assertThatThrownBy(() -> Storage.open(config).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere/users.db cannot be made");
    }

    @Test
    void a_file_that_a_link_leads_to_is_for_its_owner_alone() throws Exception {
        Path file = folder.resolve("real.db");
        Files.createSymbolicLink(folder.resolve("link.db"), Path.of("second.db"));
        Files.createSymbolicLink(folder.resolve("second.db"), file);
        Storage.open(config("link.db")).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void links_in_a_circle_are_told() throws Exception {
        Files.createSymbolicLink(folder.resolve("one.db"), Path.of("two.db"));
        Files.createSymbolicLink(folder.resolve("two.db"), Path.of("one.db"));
        ServerConfig config = config("one.db");
        assertThatThrownBy(() -> Storage.open(config).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("one.db cannot be reached: its symbolic links form a loop");
    }

    @Test
    void a_file_that_others_can_read_is_told_with_what_mends_it() throws Exception {
        Path file = Files.writeString(folder.resolve("users.db"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(OwnerOnly.exposure(file).orElseThrow()).contains("rw-r-----", "chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(OwnerOnly.exposure(file)).isEmpty();
    }

    private ServerConfig config(String file) throws ConfigException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.DATA, folder.resolve("data").toString());
        settings.put(Setting.DATABASE, "jdbc:sqlite:" + folder.resolve(file));
        return new ConfigLoader(Map.of()).load(settings, Optional.empty());
    }
}
