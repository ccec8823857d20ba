package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import dev.countersign.server.OldInstallation.Token;
import dev.countersign.server.command.CommandRun;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data folder, keys, own dialect and tokens of {@link OldInstallation} under this version's server, on both databases. */
@Tag("slow")
class InstallationUpgradeTest {

    private static final Map<String, String> ADDRESSES = Map.of(
            "anna1", "anna@xn--mnchen-3ya.example",
            "anna2", "anna@münchen.example",
            "bob1", "bob@example.com.",
            "bob2", "bob@example.com",
            "straße", "dora1@example.com",
            "dan", "dan@example.com",
            "ada", "ada@example.com",
            "carl", "carl@example.com");

    private static boolean isStale(Token token) {
        return token.username().equals("dan")
                && token.when().equals("login")
                && !token.dialect().equals("realworld");
    }

    @TempDir
    private Path folder;

    private OldInstallation installation(String database) throws IOException, SQLException {
        return database.equals("SQLite") ? OldInstallation.onSqlite(folder) : OldInstallation.onPostgres(folder);
    }

    @Test
    void key_files_become_rings_with_the_same_keys_and_nothing_is_written_before_all_were_checked() throws Exception {
        try (OldInstallation old = OldInstallation.onSqlite(folder)) {
            Path broken = folder.resolve("keys/payop@payop.json");
            Map<String, String> before = keys();
            String whole = Files.readString(broken);
            Files.writeString(broken, whole.substring(0, 60));
            assertThatThrownBy(old::start).hasMessageContaining(broken.toString());
            Files.writeString(broken, whole);
            assertThat(keys()).isEqualTo(before);
        }
        try (OldInstallation old = OldInstallation.in(folder).start()) {
            assertThat(old.dialects()).isNotEmpty();
            Map<String, String> after = keys();
            after.remove(".lock");
            assertThat(after).hasSize(8);
            for (String text : after.values()) {
                assertThat(text).startsWith("{\"keys\":[{\"kty\":");
                assertThat(JWKSet.parse(text).getKeys()).hasSize(1);
            }
        }
    }

    private Map<String, String> keys() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                keys.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQLite", "PostgreSQL"})
    void tokens_already_issued_hold_until_they_expire(String database) throws Exception {
        List<Token> tokens = OldInstallation.tokens();
        try (OldInstallation old = installation(database).start()) {
            assertThat(tokens).extracting(Token::dialect).containsAll(old.dialects());
            for (Token token : tokens) {
                boolean holds = !token.username().equals("eve") && !isStale(token);
                assertMe(old, token, holds);
            }
            for (Token token : tokens) {
                if (token.username().equals("ada") && token.when().equals("login")) {
                    old.clock().moveTo(token.expiresAt().minusSeconds(1));
                    assertMe(old, token, true);
                    // The widest skew that a dialect may have.
                    old.clock().moveTo(token.expiresAt().plusSeconds(60));
                    assertMe(old, token, false);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQLite", "PostgreSQL"})
    void everybody_logs_in_and_nobody_is_merged(String database) throws Exception {
        try (OldInstallation old = installation(database)) {
            List<String> before = old.users();
            old.start();
            assertThat(old.users()).hasSize(9).isEqualTo(before);
            for (var user : ADDRESSES.entrySet()) {
                String username = user.getKey();
                for (String dialect : username.equals("ada") ? old.dialects() : List.of("standard", "testpress")) {
                    String token = old.client(dialect).logIn(user.getValue(), username, password(username));
                    assertMe(old, new Token(dialect, username, "now", OldInstallation.STOPPED, token), true);
                }
            }
            assertThat(old.requests("standard")
                            .login("dan@example.com", "the password of dan")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(old.requests("standard")
                            .login("eve@example.com", password("eve"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQLite", "PostgreSQL"})
    void identifiers_that_became_equal_are_listed_and_left_alone(String database) throws Exception {
        try (OldInstallation old = installation(database)) {
            List<String> before = old.users();
            assertThat(CommandRun.of(old.command("db", "check")).err()).contains("auth-server db migrate");
            assertThat(CommandRun.of(old.command("db", "migrate")).code()).isZero();
            CommandRun check = CommandRun.of(old.command("db", "check"));
            assertThat(check.code()).isEqualTo(1);
            assertThat(check.out())
                    .contains(
                            "identifiers  2 problems; ",
                            "user 1: anna@xn--mnchen-3ya.example is the same as anna@münchen.example of user 2",
                            "user 3: bob@example.com. is the same as bob@example.com of user 4");
            assertThat(old.users()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQLite", "PostgreSQL"})
    void a_password_change_after_the_upgrade_ends_tokens_of_before(String database) throws Exception {
        List<Token> ada = OldInstallation.tokens().stream()
                .filter(token -> token.username().equals("ada") && token.when().equals("login"))
                .toList();
        try (OldInstallation old = installation(database).start()) {
            String change = "{\"user\":{\"password\":\"the new password of ada\"}}";
            String token = ada.stream()
                    .filter(one -> one.dialect().equals("realworld"))
                    .findFirst()
                    .orElseThrow()
                    .text();
            assertThat(old.requests("realworld")
                            .put("/api/user", "Token " + token, change)
                            .statusCode())
                    .isEqualTo(200);
            for (Token one : ada) {
                // In this family a token outlives the password.
                assertMe(old, one, one.dialect().equals("realworld"));
            }
            old.clock().advance(Duration.ofSeconds(2));
            for (String dialect : old.dialects()) {
                String fresh = old.client(dialect).logIn("ada@example.com", "ada", "the new password of ada");
                assertMe(old, new Token(dialect, "ada", "now", OldInstallation.STOPPED, fresh), true);
            }
        }
    }

    private static String password(String username) {
        return username.equals("dan") ? "the new password of dan" : "the password of " + username;
    }

    private static void assertMe(OldInstallation old, Token token, boolean holds) throws Exception {
        HttpResponse<String> answer = old.client(token.dialect()).me(token.text());
        String what = token.dialect() + ", " + token.username() + ", " + token.when() + ": " + answer.body();
        if (holds) {
            assertThat(answer.statusCode()).as(what).isEqualTo(200);
            assertThat(answer.body())
                    .as(what)
                    .containsAnyOf(ADDRESSES.get(token.username()), '"' + token.username() + '"');
        } else {
            assertThat(answer.statusCode()).as(what).isBetween(400, 403);
        }
    }
}
