package dev.countersign.javalin.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.javalin.dialect.ShippedDialects;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnnouncementTest {

    private static final Pattern WORD = Pattern.compile("'((?:[^']|'\\\\'')*)'|(\\S+)");

    @TempDir
    private Path data;

    @Test
    void every_curl_line_of_the_demonstration_works_as_it_is_printed() throws Exception {
        String dialects = "--dialects=standard,smarterselect,analogue,expressa,testpress,payop,realworld@/rw";
        try (RunningServer server = RunningServer.start(data, "--demo", dialects)) {
            List<String> lines = server.announced()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("curl "))
                    .toList();
            assertThat(lines).hasSize(7);
            for (String line : lines) {
                HttpResponse<String> answer = curl(line);
                assertThat(answer.statusCode()).as(line + "\n" + answer.body()).isEqualTo(200);
                assertThat(answer.body() + answer.headers().map()).as(line).contains("eyJ");
            }
        }
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

    private static HttpResponse<String> curl(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("'\\''", "'"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(words.get(words.size() - 1)));
        for (int i = 0; i < words.size() - 1; i++) {
            if (words.get(i).equals("-H")) {
                String header = words.get(i + 1);
                int colon = header.indexOf(": ");
                request.header(header.substring(0, colon), header.substring(colon + 2));
            } else if (words.get(i).equals("-d")) {
                request.POST(HttpRequest.BodyPublishers.ofString(words.get(i + 1)));
            }
        }
        return Requests.send(request);
    }
}
