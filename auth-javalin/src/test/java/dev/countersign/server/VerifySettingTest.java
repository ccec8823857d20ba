package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.WireClient;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a server answers reverse proxies. */
@Tag("slow")
class VerifySettingTest {

    private static final String SHOWN = "correct horse battery";
    private static final String MERCHANT = "7a9d2d9f-5d2e-4b1e-9e5f-62b8d3ca1f55";
    private static final String EMAIL = "merchant@example.com";

    @TempDir
    private Path folder;

    private RunningServer start(String... flags) throws ConfigException {
        return RunningServer.start(folder.resolve("data"), flags);
    }

    private String config(String text) throws IOException {
        return "--config=" + Files.writeString(folder.resolve("auth.yaml"), text);
    }

    private static String token(RunningServer server, String dialect) throws Exception {
        return new WireClient(
                        ShippedDialects.dialect(dialect), server.requests().address())
                .logIn(EMAIL, "merchant", SHOWN);
    }

    private static HttpResponse<String> ask(RunningServer server, String path, String header, String value) {
        return Requests.send(HttpRequest.newBuilder(URI.create(server.requests().address() + path))
                .header(header, value));
    }

    private static String id(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Auth-User-Id").orElse(answer.statusCode() + "");
    }

    @Test
    void only_the_standard_dialect_answers_without_the_setting() throws Exception {
        try (RunningServer server = start("--demo=")) {
            assertThat(id(ask(server, "/auth/verify", "Authorization", "Bearer " + token(server, "standard"))))
                    .isEqualTo(MERCHANT);
            assertThat(id(ask(server, "/auth/verify", "token", token(server, "payop"))))
                    .isEqualTo("401");
        }
    }

    @Test
    void the_setting_lets_every_mount_answer_and_a_mounts_own_wins() throws Exception {
        String mounts = """
                dialects:
                  - standard
                  - payop
                  - expressa
                  - {name: analogue, prefix: /v2, verify: /music/verify}
                """;
        try (RunningServer server = start(config(mounts), "--verify=/check", "--demo=")) {
            assertThat(id(ask(server, "/check", "token", token(server, "payop"))))
                    .isEqualTo(MERCHANT);
            assertThat(id(ask(server, "/check", "x-access-token", token(server, "expressa"))))
                    .isEqualTo(MERCHANT);
            String standard = "Bearer " + token(server, "standard");
            assertThat(id(ask(server, "/check", "Authorization", standard))).isEqualTo(MERCHANT);
            assertThat(id(ask(server, "/auth/verify", "Authorization", standard)))
                    .isEqualTo(MERCHANT);
            assertThat(id(ask(server, "/music/verify", "Authorization", standard)))
                    .isEqualTo("401");
            assertThat(server.announced())
                    .contains(
                            "verify      GET /check", "verify      GET /music/verify", "verify      GET /auth/verify");
        }
    }

    @Test
    void the_headers_of_a_mount_replace_the_usual_ones() throws Exception {
        String mount = """
                dialects:
                  - name: standard
                    verify:
                      path: /auth/verify
                      headers: {Remote-User: "${user.login}", X-Role: "${user.attributes.role}"}
                """;
        try (RunningServer server = start(config(mount), "--demo=")) {
            HttpResponse<String> answer =
                    ask(server, "/auth/verify", "Authorization", "Bearer " + token(server, "standard"));
            assertThat(answer.headers().firstValue("Remote-User")).contains("merchant");
            assertThat(answer.headers().firstValue("X-Role")).contains("1");
            assertThat(answer.headers().firstValue("X-Auth-User-Id")).isEmpty();
            assertThat(server.announced()).containsOnlyOnce("/auth/verify");
        }
    }

    @Test
    void the_original_query_is_read_where_a_header_is_named() throws Exception {
        String mount = "dialects:\n  - name: expressa\n    verify: {path: /check, original_uri: X-Forwarded-Uri}\n";
        try (RunningServer server = start(config(mount), "--demo=")) {
            String target = "/orders?token=" + token(server, "expressa");
            assertThat(id(ask(server, "/check", "X-Forwarded-Uri", target))).isEqualTo(MERCHANT);
        }
        try (RunningServer server = start(config(mount), "--query-tokens=false", "--demo=")) {
            String target = "/orders?token=" + token(server, "expressa");
            assertThat(id(ask(server, "/check", "X-Forwarded-Uri", target))).isEqualTo("403");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check/                                         | /verify: not a path like /auth/verify",
                "{headers: {X-Role: x}}                         | /verify",
                "{path: /check, headers: {X_Role: x}}           | /verify/headers/X_Role: not a header's name",
                "{path: /check, headers: {X-Role: [x]}}         | /verify/headers/X-Role: X-Role is a list; a text",
                "{path: /check, headers: {X-A: '${user.nope}'}} | /verify/headers/X-A: X-A: there is no slot ${user.nope}",
                "{path: /check, original_uri: 'a b'}            | /verify/original_uri: not a header's name",
                "{path: /check, header: {}}                     | unknown key header; did you mean headers?",
                "[/check]                                       | /verify: this is a list"
            })
    void a_bad_value_is_reported_at_its_place(String value, String problem) throws IOException {
        String file = config("dialects:\n  - name: payop\n    verify: " + value + "\n");
        assertThatThrownBy(() -> start(file).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void a_bad_flag_and_a_path_of_another_operation_are_refused() {
        assertThatThrownBy(() -> start("--verify=check").close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--verify: verify is check; a path such as /auth/verify");
        assertThatThrownBy(() ->
                        start("--dialects=standard,payop", "--verify=/auth/me").close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("dialect standard: GET /auth/me is the route of me");
    }
}
