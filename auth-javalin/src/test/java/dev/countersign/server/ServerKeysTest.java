package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.BaseEncoding;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the keys of mounted dialects come from. */
@Tag("slow")
final class ServerKeysTest {

    private static final String GOOD = "a password nobody else has";
    private static final String SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABC";
    private static final String SHORT = "old rails";

    @TempDir
    private Path data;

    @Test
    void keys_are_made_once_for_each_mount_and_tokens_survive_a_restart() throws Exception {
        String flag = "--dialects=standard,payop,payop@/old,payop@/a-b,payop@/a/b";
        String token;
        try (RunningServer server = RunningServer.start(data, flag)) {
            addUser();
            token = server.requests().token("ada@example.com", GOOD);
        }
        List<String> made = keys();
        assertThat(names())
                .containsExactly("payop.json", "payop@a+b.json", "payop@a-b.json", "payop@old.json", "standard.json");
        assertThat(made).doesNotHaveDuplicates();
        try (RunningServer server = RunningServer.start(data, flag)) {
            assertThat(server.requests().me(token).statusCode()).isEqualTo(200);
        }
        assertThat(keys()).isEqualTo(made);
    }

    @Test
    void a_token_of_one_mount_is_refused_by_another_of_the_same_dialect() throws Exception {
        try (RunningServer server = RunningServer.start(data, "--dialects=standard@/one,standard@/two")) {
            Requests requests = server.requests();
            addUser();
            String token = Requests.text(requests.post("/two/auth/login", login()), "/access_token");
            assertThat(requests.get("/two/auth/me", "Bearer " + token).statusCode())
                    .isEqualTo(200);
            assertThat(requests.get("/one/auth/me", "Bearer " + token).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void only_the_owner_can_read_what_the_server_keeps() throws Exception {
        Path folder = data.resolve("made");
        try (RunningServer server = RunningServer.start(folder, "--dialects=standard")) {
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("keys"))).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("keys/standard.json"))).isEqualTo("rw-------");
        }
        Path open = Files.createDirectory(data.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (RunningServer server = RunningServer.start(open, "--dialects=standard")) {
            TestUsers.add(open, "ada@example.com", GOOD);
            assertThat(server.requests().token("ada@example.com", GOOD)).isNotEmpty();
            try (Stream<Path> files = Files.list(open)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
                }
            }
            assertThat(open.resolve("auth.db-wal")).exists();
        }
    }

    @Test
    void a_key_file_that_others_can_read_is_refused() throws Exception {
        RunningServer.start(data, "--dialects=payop").close();
        Path key = data.resolve("keys/payop.json");
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> RunningServer.start(data, "--dialects=payop"))
                    .hasMessageContaining("used by others than its owner (" + mode + "): run chmod 600 " + key);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        RunningServer.start(data, "--dialects=payop").close();
    }

    @Test
    void a_broken_key_file_is_refused_and_neither_quoted_nor_replaced() throws Exception {
        RunningServer.start(data, "--dialects=payop").close();
        Path key = data.resolve("keys/payop.json");
        String whole = Files.readString(key);
        for (String broken : List.of("", "{}", "null", whole.substring(0, whole.length() - 10), "\u0000\u0001")) {
            Files.writeString(key, broken);
            assertThatThrownBy(() -> RunningServer.start(data, "--dialects=payop"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(key.toString())
                    .message()
                    .doesNotContain(whole.substring(20, 40))
                    .hasLineCount(1);
            assertThat(key).hasContent(broken);
        }
    }

    @Test
    void a_key_of_another_algorithm_is_refused() throws Exception {
        RunningServer.start(data, "--dialects=standard").close();
        Path key = data.resolve("keys/standard.json");
        assertConfigRefused(
                "{name: payop, signing_key: {file: '" + key + "', encoding: json}}",
                "is for ES256, but the dialect signs with HS256");
    }

    @Test
    void a_key_can_be_given_by_file_or_variable_in_every_encoding() throws Exception {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        Map<String, String> written = Map.of(
                "text",
                SECRET,
                "hex",
                BaseEncoding.base16().lowerCase().encode(bytes),
                "base64",
                BaseEncoding.base64().encode(bytes),
                "json",
                "{\"alg\":\"HS256\",\"created\":\"2026-01-01T00:00:00Z\",\"secret\":\""
                        + BaseEncoding.base64Url().omitPadding().encode(bytes) + "\"}");
        for (Map.Entry<String, String> entry : written.entrySet()) {
            Path file = secretFile(entry.getValue() + "\r\n");
            String encoding = ", encoding: " + entry.getKey() + "}}";
            assertSignsWithSecret("{name: payop, signing_key: {file: '" + file + "'" + encoding, Map.of());
            assertSignsWithSecret(
                    "{name: payop, signing_key: {variable: PAYOP_KEY" + encoding,
                    Map.of("PAYOP_KEY", entry.getValue()));
        }
        assertThat(data.resolve("keys")).doesNotExist();
    }

    @Test
    void a_key_that_cannot_be_read_or_used_is_refused_without_a_word_of_it() throws Exception {
        assertConfigRefused("{name: payop, signing_key: {variable: NO_KEY}}", "variable NO_KEY is not set");
        assertConfigRefused("{name: payop, signing_key: {file: '" + data.resolve("none") + "'}}", "cannot be used");
        Path file = secretFile(SECRET);
        for (String encoding : List.of("hex", "base64", "json")) {
            assertConfigRefused(
                    "{name: payop, signing_key: {file: '" + file + "', encoding: " + encoding + "}}", file.toString());
        }
        Path brief = secretFile("too short to sign");
        assertConfigRefused("{name: payop, signing_key: {file: '" + brief + "'}}", brief.toString());
        Files.setPosixFilePermissions(brief, PosixFilePermissions.fromString("rw-r--r--"));
        assertConfigRefused("{name: payop, signing_key: {file: '" + brief + "'}}", "chmod 600");
    }

    @Test
    void tokens_of_an_old_system_are_taken_and_never_made() throws Exception {
        Path config = config("{name: payop, old_secret: {variable: OLD}}");
        try (RunningServer server = RunningServer.start(data, Map.of("OLD", SECRET), "--config=" + config)) {
            TestUsers.importOld(data, 1, "ada@example.com", GOOD);
            assertThat(me(server, oldToken(SECRET.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(200);
            assertThat(me(server, oldToken("another secret of the very same kind".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(401);
            assertThat(SignedJWT.parse(payopToken(server)).verify(new MACVerifier(SECRET)))
                    .isFalse();
        }
    }

    @Test
    void a_short_secret_of_an_old_system_is_taken_until_its_day_and_refused_after() throws Exception {
        byte[] padded = Arrays.copyOf(SHORT.getBytes(StandardCharsets.UTF_8), 32);
        String entry = "{name: payop, old_secret: {variable: OLD, accept_short_secret_until: %s}}";
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<String, String> environment = Map.of("OLD", SHORT);
        Path config = config(String.format(entry, today.plusDays(2)));
        try (RunningServer server = RunningServer.start(data, environment, "--config=" + config)) {
            TestUsers.importOld(data, 1, "ada@example.com", GOOD);
            assertThat(me(server, oldToken(padded))).isEqualTo(200);
        }
        config(String.format(entry, today.minusDays(1)));
        try (RunningServer server = RunningServer.start(data, environment, "--config=" + config)) {
            assertThat(me(server, oldToken(padded))).isEqualTo(401);
            assertThat(me(server, payopToken(server))).isEqualTo(200);
        }
        assertConfigRefused("{name: payop, old_secret: {variable: OLD}}", "environment variable OLD", environment);
        assertConfigRefused(
                String.format(entry, today.plusDays(2)), "this is not a short secret", Map.of("OLD", SECRET));
    }

    private void assertSignsWithSecret(String entry, Map<String, String> environment) throws Exception {
        try (RunningServer server = RunningServer.start(data, environment, "--config=" + config(entry))) {
            addUser();
            assertThat(SignedJWT.parse(payopToken(server)).verify(new MACVerifier(SECRET)))
                    .isTrue();
        }
    }

    private void assertConfigRefused(String entry, String why) throws IOException {
        assertConfigRefused(entry, why, Map.of());
    }

    private void assertConfigRefused(String entry, String why, Map<String, String> environment) throws IOException {
        Path config = config(entry);
        assertThatThrownBy(() -> RunningServer.start(data, environment, "--config=" + config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1)
                .doesNotContain(SECRET, SHORT, SECRET.substring(5, 12));
    }

    private static int me(RunningServer server, String token) {
        return server.requests().get("/v1/users/me", "Bearer " + token).statusCode();
    }

    private static String payopToken(RunningServer server) {
        return server.requests()
                .post("/v1/users/login", "{\"email\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}")
                .headers()
                .firstValue("token")
                .orElseThrow();
    }

    private static String oldToken(byte[] secret) throws Exception {
        SignedJWT token = oldToken(JWSAlgorithm.HS256);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static SignedJWT oldToken(JWSAlgorithm algorithm) {
        return new SignedJWT(
                new JWSHeader.Builder(algorithm).build(),
                new JWTClaimsSet.Builder()
                        .claim("id", "1")
                        .claim("accessToken", null)
                        .claim("time", Date.from(Instant.now().minusSeconds(5)))
                        .serializeNullClaims(true)
                        .build());
    }

    private static String login() {
        return "{\"identifier\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}";
    }

    private void addUser() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
    }

    private Path config(String entry) throws IOException {
        return Files.writeString(data.resolve("config.yaml"), "dialects:\n  - " + entry + "\n");
    }

    private Path secretFile(String text) throws IOException {
        Path file = data.resolve("secret");
        Files.deleteIfExists(file);
        OwnerOnly.createOnce(file, text);
        return file;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("keys"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        for (String name : names()) {
            keys.add(Files.readString(data.resolve("keys").resolve(name)));
        }
        return keys;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
