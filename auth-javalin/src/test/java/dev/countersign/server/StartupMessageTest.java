package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.file.ShippedDialects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
final class StartupMessageTest {

    @TempDir
    private Path data;

    @Test
    void every_curl_line_of_the_demonstration_works_as_it_is_printed() throws Exception {
        String dialects = "--dialects=standard,smarterselect,analogue,expressa,testpress,payop,realworld@/rw";
        try (RunningServer server = RunningServer.start(data, "--demo", dialects)) {
            assertThat(checkCurls(server)).isEqualTo(7);
        }
    }

    /** Where a login is sent, what its body is, and what else it has to have. */
    static Stream<String> requests() {
        String fields = "fields: {identifier: {at: /login/mail, kind: email}, password: {at: /login/secret}}\n";
        return Stream.of(
                "POST /in|media_types: [application/x-www-form-urlencoded]\n    " + fields,
                "POST /in|media_types: [multipart/form-data]\n    " + fields,
                "PUT /in|media_types: [multipart/form-data, application/x-www-form-urlencoded]\n    " + fields,
                "PATCH /in|media_types: [application/x-www-form-urlencoded, multipart/form-data]\n    " + fields,
                "POST /in?grant=pass/word&v=it's*(2)|media_types: [application/json]\n    " + fields,
                "POST /in/$a&(b)'c,d|media_types: [application/json]\n    " + fields,
                "POST /in|media_types: [application/x-www-form-urlencoded]\n"
                        + "    constants: {/strategy: \"it's & = +%\", /deep/er: \"@x\"}\n"
                        + "    required_headers: [X-Client, \"X-Version: it's 2\"]\n    " + fields,
                "POST /in|media_types: [multipart/form-data]\n"
                        + "    constants: {/strategy: \"@local\", /deep/er: \"<x;type=y\"}\n    " + fields,
                "POST /in|media_types: [application/json]\n"
                        + "    constants: {/list: [1, {a: null}], /flag: true, /text: \"it's\"}\n"
                        + "    required_headers: [\"Content-Type: application/json\"]\n    " + fields,
                """
                POST /in|media_types: [application/x-www-form-urlencoded]
                    fields: {identifier: {at: "/a b+c&d=e%", kind: either}, password: {at: "/@pass"}}
                """);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void the_curl_line_of_any_dialect_works_as_it_is_printed(String request) throws Exception {
        String route = request.substring(0, request.indexOf('|'));
        Path dialect = Files.writeString(data.resolve("mine.yaml"), """
                dialect: mine
                title: Mine
                token:
                  header: {alg: HS256, typ: JWT}
                  claims: {sub: "${user.id}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                  lifetime: 1h
                token_in: [{header: Authorization, scheme: Bearer}]
                operations:
                  login:
                    routes: ["%s"]
                    %s
                    invalid_fields_as: bad_request
                    answer: {body: {token: "${token}"}}
                errors:
                  defaults: {body: {error: "${error.reason}"}}
                  bad_credentials: {}
                  missing_token: {}
                  bad_request: {}
                  fault: {}
                """.formatted(
                        route, request.substring(route.length() + 1).replace("\n    ", "\n    ")));
        Path config = Files.writeString(data.resolve("c.yaml"), "dialects: [{file: '" + dialect + "', prefix: /x}]\n");
        try (RunningServer server = RunningServer.start(data, "--demo", "--config=" + config)) {
            assertThat(checkCurls(server)).isEqualTo(1);
        }
    }

    /** Runs every line with the real curl through the real shell; how many there were. */
    private int checkCurls(RunningServer server) throws Exception {
        List<String> lines = server.announced()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
        for (String line : lines) {
            Process shell = new ProcessBuilder("sh", "-c", line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .directory(data.toFile())
                    .start();
            String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor())
                    .as("exit code of %s, which needs curl", line)
                    .isZero();
            assertThat(answer).as(line).startsWith("HTTP/1.1 200").contains("eyJ");
        }
        return lines.size();
    }

    @Test
    void the_last_line_is_the_address_and_every_route_is_told() throws Exception {
        try (RunningServer server = RunningServer.start(data, "--dialects=standard,payop@/old")) {
            String announced = server.announced();
            assertThat(announced).containsPattern("\nListening on http://127\\.0\\.0\\.1:[1-9][0-9]*\n$");
            assertThat(announced)
                    .contains("POST /auth/login", "GET /auth/me", "GET /.well-known/jwks.json")
                    .contains("POST /old/v1/users/login", "GET /old/v1/users/me")
                    .doesNotContain("DEMONSTRATION", "@example.com", "correct horse");
        }
    }

    @Test
    void demonstration_users_are_there_only_when_asked_for() throws Exception {
        try (RunningServer server = RunningServer.start(data, "--dialects=standard")) {
            assertThat(server.requests().login("ada", "correct horse battery").statusCode())
                    .isEqualTo(401);
        }
        try (RunningServer server = RunningServer.start(data, "--dialects=standard", "--demo")) {
            assertThat(server.requests().login("ada", "correct horse battery").statusCode())
                    .isEqualTo(200);
            assertThat(server.announced()).contains("DEMONSTRATION", "Never let others reach it");
        }
    }

    @Test
    void a_demonstration_leaves_users_with_the_same_names_alone() throws Exception {
        TestUsers.add(data, "ada@example.com", "a password nobody else has");
        try (RunningServer server = RunningServer.start(data, "--dialects=standard", "--demo")) {
            assertThat(server.requests()
                            .login("ada@example.com", "correct horse battery")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void dialects_of_files_are_mounted_with_their_settings() throws Exception {
        String text = ShippedDialects.text("payop")
                .replace("dialect: payop", "dialect: shop")
                .replace("/v1/users", "/shop/users");
        Path dialect = Files.writeString(data.resolve("shop.yaml"), text);
        Path config = Files.writeString(
                data.resolve("config.yaml"),
                "dialects:\n  - {file: '" + dialect
                        + "', prefix: /x}\n  - {name: standard, settings: {realm: Bakery}}\n");
        try (RunningServer server = RunningServer.start(data, "--config=" + config)) {
            assertThat(server.requests().post("/x/shop/users/login", "{}").statusCode())
                    .isEqualTo(422);
            assertThat(server.requests().get("/auth/me").headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"Bakery\"");
            assertThat(data.resolve("keys/shop@x.json")).exists();
        }
    }

    @Test
    void one_setting_turns_tokens_in_queries_off() throws Exception {
        TestUsers.add(data, "ada@example.com", "a password nobody else has");
        String body = "{\"email\":\"ada@example.com\",\"password\":\"a password nobody else has\"}";
        for (boolean allowed : new boolean[] {true, false}) {
            try (RunningServer server = RunningServer.start(data, "--dialects=expressa", "--query-tokens=" + allowed)) {
                String token = Requests.text(server.requests().post("/users/login", body), "/token");
                assertThat(server.requests().get("/users/me?token=" + token).statusCode())
                        .isEqualTo(allowed ? 200 : 403);
            }
        }
    }

    @Test
    void bodies_above_the_limit_are_refused() throws Exception {
        try (RunningServer server = RunningServer.start(data, "--dialects=standard", "--max-body=300")) {
            assertThat(server.requests().login("ada", "x".repeat(200)).statusCode())
                    .isEqualTo(401);
            assertThat(server.requests().login("ada", "x".repeat(300)).statusCode())
                    .isEqualTo(413);
        }
    }
}
