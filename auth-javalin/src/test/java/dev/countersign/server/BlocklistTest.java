package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file with more passwords to refuse. */
class BlocklistTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("words.txt");
    }

    private CommonPasswords read() throws ConfigException {
        return Blocklist.of(
                new ConfigLoader(Map.of()).load(Map.of(Setting.PASSWORD_BLOCKLIST, file.toString()), Optional.empty()));
    }

    private void refuses(String reason) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(this::read)
                .withMessage("password_blocklist " + file + ": " + reason);
    }

    @Test
    void it_has_a_password_per_line_exactly_as_it_is() throws Exception {
        Files.writeString(file, "\uFEFFAcme Corporation\r\n# 1 of all\n\n leading space\nGrüße aus Köln");

        assertThat(read().test("ACME CORPORATION")).isTrue();
        assertThat(read().test("# 1 of all")).isTrue();
        assertThat(read().test(" leading space")).isTrue();
        assertThat(read().test("grüsse aus köln")).isFalse();
        assertThat(read().test("GRÜßE AUS KÖLN")).isTrue();
        assertThat(read().test("leading space")).isFalse();
        assertThat(read().test("password")).isTrue();
    }

    @Test
    void what_is_no_such_file_is_refused_with_what_to_do() throws IOException {
        refuses("there is no such file or folder");
        Files.writeString(file, "\n\n");
        refuses("it is empty; leave the setting out if there are no more passwords to refuse");
        Files.write(file, "Köln\n".getBytes(StandardCharsets.ISO_8859_1));
        refuses("it is not UTF-8: save it as UTF-8");
        Files.writeString(file, "one\n" + "x".repeat(4097) + "\n");
        refuses("line 2 has more than 4096 characters; the file has one password per line");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(Blocklist.MOST_BYTES + 1L);
        }
        refuses("it has more than 16 MiB");
    }
}
