package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages of other origins may use a server. */
class CorsSettingTest {

    private static final String APP = "https://app.example.com";
    private static final String ADMIN = "https://admin.example.com";
    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final String EVERYBODY = "every_origin_without_credentials";

    @TempDir
    private Path folder;

    private RunningServer start(String... flags) throws ConfigException {
        return RunningServer.start(folder.resolve("data"), flags);
    }

    private String config(String text) throws IOException {
        return "--config=" + Files.writeString(folder.resolve("auth.yaml"), text);
    }

    private static RawAnswer asks(RunningServer server, String method, String path, String origin) {
        return RawRequest.of("OPTIONS", path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .sendTo(URI.create(server.address()).getPort());
    }

    private static RawAnswer get(RunningServer server, String path, String origin) {
        return RawRequest.get(path)
                .header("Origin", origin)
                .sendTo(URI.create(server.address()).getPort());
    }

    @Test
    void nobody_is_allowed_by_default() throws Exception {
        try (RunningServer server = start("--dialects=standard")) {
            assertThat(asks(server, "GET", "/auth/me", APP).status()).isEqualTo(405);
            assertThat(get(server, "/auth/me", APP).headerLines())
                    .noneMatch(line -> line.startsWith("Access-Control-") || line.startsWith("Vary"));
            assertThat(server.announced()).doesNotContain("CORS");
        }
    }

    @Test
    void the_setting_is_for_all_mounts_and_for_paths_of_none() throws Exception {
        try (RunningServer server = start("--dialects=standard,payop", "--cors-origins=" + APP + " , " + ADMIN)) {
            for (String path : new String[] {"/auth/me", "/v1/users/me", "/nothing"}) {
                for (String origin : new String[] {APP, ADMIN}) {
                    assertThat(asks(server, "GET", path, origin).header(ALLOWED))
                            .isEqualTo(origin);
                    assertThat(get(server, path, origin).header(ALLOWED)).isEqualTo(origin);
                }
                assertThat(get(server, path, "https://evil.example").all(ALLOWED))
                        .isEmpty();
            }
            assertThat(server.announced()).contains("CORS        " + APP + ", " + ADMIN);
        }
    }

    @Test
    void the_environment_and_the_file_have_it_too() throws Exception {
        try (RunningServer server =
                RunningServer.start(folder.resolve("data"), Map.of("AUTH_CORS_ORIGINS", APP), "--dialects=standard")) {
            assertThat(get(server, "/auth/me", APP).header(ALLOWED)).isEqualTo(APP);
        }
        try (RunningServer server = start(config("cors_origins: [" + APP + "]\ndialects: [standard]\n"))) {
            assertThat(get(server, "/auth/me", APP).header(ALLOWED)).isEqualTo(APP);
        }
        try (RunningServer server = start(config("cors_origins: " + EVERYBODY + "\ndialects: [standard]\n"))) {
            assertThat(get(server, "/auth/me", APP).header(ALLOWED)).isEqualTo("*");
        }
    }

    @Test
    void a_mount_has_its_own_rules() throws Exception {
        String file = """
                cors_origins: [https://app.example.com]
                dialects:
                  - standard
                  - name: payop
                    cors:
                      origins: [https://admin.example.com, "https://*.shop.example.com"]
                      credentials: true
                      max_age: 10m
                      request_headers: [X-Request-Id]
                      exposed_headers: [X-Trace]
                  - name: expressa
                    cors: {max_age: 0s}
                  - name: analogue
                    cors: {origins: []}
                """;
        try (RunningServer server = start(config(file))) {
            assertThat(get(server, "/auth/me", APP).header(ALLOWED)).isEqualTo(APP);
            RawAnswer own = asks(server, "GET", "/v1/users/me", "https://my.shop.example.com");
            assertThat(own.header(ALLOWED)).isEqualTo("https://my.shop.example.com");
            assertThat(own.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(own.header("Access-Control-Max-Age")).isEqualTo("600");
            assertThat(own.header("Access-Control-Allow-Headers"))
                    .contains("token")
                    .contains("X-Request-Id");
            RawAnswer refused = get(server, "/v1/users/me", ADMIN);
            assertThat(refused.header("Access-Control-Expose-Headers")).contains("X-Trace");
            assertThat(get(server, "/v1/users/me", APP).all(ALLOWED)).isEmpty();
            RawAnswer inherited = asks(server, "GET", "/users/me", APP);
            assertThat(inherited.header(ALLOWED)).isEqualTo(APP);
            assertThat(inherited.header("Access-Control-Max-Age")).isEqualTo("0");
            assertThat(get(server, "/api/user", APP).all(ALLOWED)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{origins: ['https://a.example.com/']} | /cors/origins/0: not an origin that can be allowed: https://a.example.com/; it ends after the host",
                "{origins: ['*']}                      | or every_origin_without_credentials in place of the list",
                "{origins: every_origin_without_credentials, credentials: true} | /cors/credentials: credentials need named origins",
                "{origins: {a: b}}                     | /cors/origins: origins is a mapping; a list of origins such as https://app.example.com",
                "{origins: [null]}                     | /cors/origins/0: not an origin",
                "{credentials: true}                   | /cors: the key origins is missing; origins such as",
                "{origins: [], max_age: 25h}           | /cors/max_age: a browser may remember a preflight request for 0s to 24h, in whole seconds, not for 90000.0 s; see docs/browsers.md",
                "{origins: [], request_headers: ['*']} | /cors/request_headers/0: not a header's name: *",
                "{origins: [], exposed_headers: ['a b']} | /cors/exposed_headers/0: not a header's name: a b",
                "{origin: []}                          | unknown key origin; did you mean origins?",
                "[https://app.example.com]             | /cors: this is a list"
            })
    void a_bad_value_is_reported_at_its_place(String value, String problem) throws IOException {
        String file = config("dialects:\n  - name: payop\n    cors: " + value + "\n");
        assertThatThrownBy(() -> start(file).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                     | --cors-origins: not an origin that can be allowed: *; it stands for every website; name the origins of your pages; or every_origin",
                "app.example.com       | --cors-origins: not an origin that can be allowed: app.example.com; it begins with a scheme",
                "https://a.example,null| --cors-origins: not an origin that can be allowed: null",
                "' '                   | --cors-origins: cors_origins has no origin; leave it out"
            })
    void a_bad_flag_is_refused(String value, String problem) {
        assertThatThrownBy(() ->
                        start("--dialects=standard", "--cors-origins=" + value).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void tokens_in_cookies_only_need_named_origins() throws IOException {
        String dialect = Files.readString(Path.of("src/test/resources/dialects/directus-session.yaml"))
                .replace("  - {header: Authorization, scheme: Bearer}\n", "");
        Files.writeString(folder.resolve("cookies.yaml"), dialect);
        String file = config("cors_origins: " + EVERYBODY + "\ndialects:\n  - file: cookies.yaml\n");

        assertThatThrownBy(() -> start(file).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("dialect directus-session: the tokens of directus-session are in cookies only");
    }
}
