package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths in a file are relative to the file's folder, others to the working folder. */
class ConfigPathsTest {

    @TempDir
    private Path folder;

    private ServerConfig load(String text, Map<String, String> environment, Map<Setting, String> flags)
            throws IOException, ConfigException {
        Path file = Files.writeString(folder.resolve("auth.yaml"), text);
        return new ConfigLoader(environment).load(flags, Optional.of(file.toString()));
    }

    @Test
    void every_path_in_a_file_is_relative_to_it() throws Exception {
        ServerConfig config = load("""
                data: d
                database: jdbc:postgresql://h/x
                database_password_file: secret/password
                dialects:
                  - file: my.yaml
                    signing_key: {file: ../key}
                    old_secret: {file: old}
                """, Map.of(), Map.of());
        MountConfig mount = config.dialects().get(0);
        assertThat(config.data()).isEqualTo(folder.resolve("d"));
        assertThat(config.database().passwordFile()).contains(folder.resolve("secret/password"));
        assertThat(mount.file()).isEqualTo(folder.resolve("my.yaml").toString());
        assertThat(mount.signingKey().orElseThrow().file())
                .isEqualTo(folder.resolve("../key").toString());
        assertThat(mount.oldSecret().orElseThrow().file())
                .isEqualTo(folder.resolve("old").toString());
        assertThat(config.database().url().orElseThrow().revealForConnection()).isEqualTo("jdbc:postgresql://h/x");
    }

    @Test
    void so_is_the_file_of_an_address_whose_settings_stay() throws Exception {
        assertThat(address("database: jdbc:sqlite:a/users.db?busy_timeout=100\n"))
                .isEqualTo("jdbc:sqlite:" + folder.resolve("a/users.db") + "?busy_timeout=100");
        assertThat(address("database: jdbc:sqlite:/a/users.db\n")).isEqualTo("jdbc:sqlite:/a/users.db");
        assertThatThrownBy(() -> address("database: 'jdbc:sqlite::memory:'\n")).hasMessageContaining("not in memory");
    }

    private String address(String text) throws Exception {
        return load(text, Map.of(), Map.of()).database().url().orElseThrow().revealForConnection();
    }

    @Test
    void an_absolute_path_stays_as_it_is() throws Exception {
        assertThat(load("data: /var/lib/auth\n", Map.of(), Map.of()).data()).isEqualTo(Path.of("/var/lib/auth"));
    }

    @Test
    void flags_variables_and_defaults_are_relative_to_the_working_folder() throws Exception {
        assertThat(load("data: d\n", Map.of("AUTH_DATA", "v"), Map.of()).data()).isEqualTo(Path.of("v"));
        assertThat(load("data: d\n", Map.of(), Map.of(Setting.DATA, "f")).data())
                .isEqualTo(Path.of("f"));
        assertThat(load("port: 1\n", Map.of(), Map.of()).data()).isEqualTo(Path.of("auth-data"));
        assertThat(load("port: 1\n", Map.of("AUTH_DATABASE", "jdbc:sqlite:x.db"), Map.of())
                        .database()
                        .url()
                        .orElseThrow()
                        .revealForConnection())
                .isEqualTo("jdbc:sqlite:x.db");
    }

    @Test
    void a_path_that_is_none_is_reported_with_its_place() {
        assertThatThrownBy(() -> load("dialects:\n  - file: \"a\\0b\"\n", Map.of(), Map.of()))
                .hasMessageContaining("/dialects/0/file: file is not a path");
    }

    @Test
    void an_address_of_IPv6_may_have_its_brackets_and_an_empty_one_is_refused() throws Exception {
        assertThat(load("host: '[::1]'\n", Map.of(), Map.of()).host()).isEqualTo("::1");
        assertThatThrownBy(() -> load("host: ''\n", Map.of(), Map.of())).hasMessageContaining("host is empty");
    }
}
