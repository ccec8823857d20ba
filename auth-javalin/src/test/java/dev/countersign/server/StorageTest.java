package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class StorageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:notaport/x?user=u&password=sesame-open",
                "jdbc:postgresql://127.0.0.1:5432,127.0.0.1:65536/x?user=u&password=sesame-open",
                "jdbc:postgresql://127.0.0.1:1/x?user=u&password=sesame-open"
            })
    void an_address_that_cannot_be_used_is_refused_without_quoting_it(String address) {
        assertThatThrownBy(() -> Storage.open(
                                new ConfigLoader(Map.of()).load(Map.of(Setting.DATABASE, address), Optional.empty()))
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("sesame-open");
    }

    @Test
    void a_password_file_is_for_its_owner_alone_and_holds_a_password(@TempDir Path folder) throws Exception {
        Path open = Files.writeString(folder.resolve("open"), "sesame-open\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(open, "chmod 600 " + open);
        Path empty = folder.resolve("empty");
        OwnerOnly.createFile(empty);
        assertRefused(empty, "holds no password");
        assertRefused(folder.resolve("none"), "there is no such file");
    }

    private static void assertRefused(Path file, String why) throws ConfigException {
        ServerConfig config = new ConfigLoader(Map.of("AUTH_DATABASE_PASSWORD_FILE", file.toString()))
                .load(Map.of(Setting.DATABASE, "jdbc:postgresql://127.0.0.1:1/x"), Optional.empty());
        assertThatThrownBy(() -> Storage.open(config).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why)
                .hasMessageNotContaining("sesame");
    }
}
