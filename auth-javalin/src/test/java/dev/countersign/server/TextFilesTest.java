package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as editors save them: with a byte order mark, with CR LF, in UTF-16, in Latin-1. */
class TextFilesTest {

    private static final String MARK = "\uFEFF";
    private static final String SECRET = "0123456789-äöü-abcdefghijklmnopqrstuvwxyz";

    @TempDir
    private Path folder;

    @Test
    void a_mark_and_line_ends_are_no_part_of_a_secret() throws Exception {
        Path secret = secret((MARK + SECRET + "\r\n").getBytes(StandardCharsets.UTF_8));
        try (RunningServer server = RunningServer.start(folder.resolve("data"), "--config=" + config(secret))) {
            TestUsers.add(folder.resolve("data"), "ada@example.com", "a password nobody else has");
            String token = server.requests()
                    .post(
                            "/v1/users/login",
                            "{\"email\":\"ada@example.com\",\"password\":\"a password nobody else has\"}")
                    .headers()
                    .firstValue("token")
                    .orElseThrow();
            assertThat(SignedJWT.parse(token).verify(new MACVerifier(SECRET.getBytes(StandardCharsets.UTF_8))))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1"})
    void a_secret_in_another_encoding_is_refused(String encoding) throws Exception {
        Path secret = secret(SECRET.getBytes(Charset.forName(encoding)));
        Path config = config(secret);
        assertThatThrownBy(() -> RunningServer.start(folder.resolve("data"), "--config=" + config)
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(secret.toString())
                .hasMessageContaining(encoding.startsWith("UTF") ? "it is UTF-16: save it as UTF-8" : "it is not UTF-8")
                .hasMessageNotContaining("Exception")
                .hasMessageNotContaining("abcdef");
    }

    @Test
    void a_configuration_and_a_dialect_with_a_mark_are_read() throws Exception {
        Path dialect = write("own.yaml", MARK + ShippedDialects.text("standard").replace("\n", "\r\n"));
        Path config = write("auth.yaml", MARK + "dialects:\r\n  - file: " + dialect + "\r\n");
        RunningServer.start(folder.resolve("data"), "--config=" + config).close();
    }

    @Test
    void a_configuration_or_a_dialect_in_utf_16_is_refused_by_name() throws Exception {
        Path dialect = folder.resolve("own.yaml");
        Files.write(dialect, ShippedDialects.text("standard").getBytes(StandardCharsets.UTF_16));
        Path config = write("auth.yaml", "dialects:\n  - file: " + dialect + "\n");
        assertThatThrownBy(() -> RunningServer.start(folder.resolve("data"), "--config=" + config)
                        .close())
                .hasMessage("the dialect file " + dialect + " cannot be read: it is UTF-16: save it as UTF-8");
        Files.write(config, "port: 0".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> RunningServer.start(folder.resolve("data"), "--config=" + config)
                        .close())
                .hasMessage(config + ": the configuration file cannot be read: it is UTF-16: save it as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void other_encodings_are_named(String encoding) {
        byte[] bytes = "email,username\na@example.com,a".getBytes(Charset.forName(encoding));
        String name = encoding.equals("UTF-32") || encoding.equals("UTF-32LE") ? "UTF-" : "UTF-16";
        assertThatThrownBy(() -> TextFile.decode(bytes)).hasMessageContaining("it is " + name);
        assertThatThrownBy(() -> TextFile.unmarked(new ByteArrayInputStream(bytes)))
                .hasMessageContaining("it is " + name);
    }

    @Test
    void a_mark_is_skipped_once_and_nothing_else() throws IOException {
        byte[] text = (MARK + MARK + "a\0b").getBytes(StandardCharsets.UTF_8);
        assertThat(TextFile.decode(text)).isEqualTo(MARK + "a\0b");
        assertThat(TextFile.unmarked(new ByteArrayInputStream(text)).readAllBytes())
                .isEqualTo((MARK + "a\0b").getBytes(StandardCharsets.UTF_8));
        assertThat(TextFile.decode(new byte[0])).isEmpty();
        assertThat(TextFile.unmarked(new ByteArrayInputStream(new byte[0])).readAllBytes())
                .isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path secret(byte[] bytes) throws IOException {
        Path file = folder.resolve("secret");
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Path config(Path secret) throws IOException {
        return write("keys.yaml", """
                dialects:
                  - name: payop
                    signing_key: {file: '%s'}
                """.formatted(secret));
    }
}
