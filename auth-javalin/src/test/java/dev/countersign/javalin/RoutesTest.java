package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.file.InvalidFileException;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request is answered by whom. */
class RoutesTest {

    private static final String LOGIN = "{\"email\":\"han@falcon.example\",\"password\":\"" + Asked.PASSWORD + "\"}";

    private final RunningApp.Parts parts = new RunningApp.Parts();

    private static Dialect small(String name, String login, String me) {
        String text = """
                dialect: %s
                title: A small one
                token:
                  header: {alg: HS256}
                  claims: {sub: "${user.uuid}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                  lifetime: 1h
                token_in: [{header: Authorization, scheme: Bearer}]
                operations:
                  login:
                    routes: [%s]
                    media_types: [application/json]
                    fields:
                      identifier: {at: /email, kind: email}
                      password: {at: /password}
                    invalid_fields_as: bad_request
                    answer: {body: {by: %s, token: "${token}"}}
                  me:
                    routes: [%s]
                    answer: {body: {by: %s}}
                errors:
                  defaults: {body: {by: %s, error: "${error.reason}"}}
                  bad_credentials: {}
                  missing_token: {}
                  bad_request: {}
                  fault: {}
                """.formatted(name, login, name, me, name, name);
        try {
            return DialectReader.read(name + ".yaml", text, Map.of());
        } catch (InvalidFileException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static RawRequest login(String target) {
        return RawRequest.post(target).json(LOGIN);
    }

    private static String by(RawAnswer answer) {
        return answer.status() + " " + answer.text("/by");
    }

    @Test
    void a_query_parameter_tells_two_dialects_of_one_path_apart() {
        LoginApi first = parts.mount(small("first", "POST /auth/token?grant_type=password", "GET /first"));
        LoginApi second = parts.mount(small("second", "POST /auth/token?grant_type=code&v=2", "GET /auth/token"));
        try (RunningApp app = RunningApp.start(first, second)) {
            assertThat(by(app.send(login("/auth/token?grant_type=password")))).isEqualTo("200 first");
            assertThat(by(app.send(login("/auth/token?x=1&grant_type=password&y"))))
                    .isEqualTo("200 first");
            assertThat(by(app.send(login("/auth/token?v=2&grant_type=code")))).isEqualTo("200 second");
            assertThat(by(app.send(login("/auth/token?grant_type=code")))).isEqualTo("405 second");
            assertThat(by(app.send(login("/auth/token?grant_type=password&grant_type=code"))))
                    .isEqualTo("405 second");
            assertThat(by(app.send(RawRequest.get("/auth/token")))).isEqualTo("401 second");
            assertThat(app.send(login("/auth/token")).header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type=%zz", "grant_type=%ff", "grant_type", "%=password", ""})
    void a_query_that_names_no_route_is_no_fault(String query) {
        try (RunningApp app =
                RunningApp.start(parts.mount(small("first", "POST /auth/token?grant_type=password", "GET /me")))) {
            assertThat(by(app.send(login("/auth/token?" + query)))).isEqualTo("404 first");
        }
    }

    @Test
    void a_path_may_have_a_colon_and_a_route_aliases() {
        LoginApi mount = parts.mount(small(
                "colon",
                "'POST /v1/accounts:signIn', 'POST /v1/accounts:log-in', POST /login/",
                "GET /v1/{me}".replace("{me}", "me")));
        try (RunningApp app = RunningApp.start(mount)) {
            for (String path : List.of("/v1/accounts:signIn", "/v1/accounts:log-in", "/login/")) {
                assertThat(by(app.send(login(path)))).as(path).isEqualTo("200 colon");
            }
            assertThat(app.send(login("/v1/accounts:other")).status()).isEqualTo(404);
            assertThat(app.send(login("/login")).status()).isEqualTo(404);
        }
    }

    @Test
    void every_character_that_a_route_may_have_is_matched() {
        String path = "/a.b/~c/d-e_f/!$&'()+,=:@/(x)/a+/9";
        LoginApi mount = parts.mount(small("signs", '"' + "POST " + path + '"', "GET /me"));
        try (RunningApp app = RunningApp.start(mount, mount.under("/below"))) {
            assertThat(by(app.send(login(path)))).isEqualTo("200 signs");
            assertThat(by(app.send(login("/below" + path)))).isEqualTo("200 signs");
            assertThat(app.send(login(path.replace("a+", "aa"))).status()).isEqualTo(404);
        }
    }

    @Test
    void a_mount_that_takes_the_requests_of_another_is_refused() {
        LoginApi wide = parts.mount(small("wide", "POST /auth", "GET /me"));
        LoginApi narrow = parts.mount(small("narrow", "POST /auth?grant_type=password", "GET /you"));

        assertThatThrownBy(() -> AuthPlugin.mounting(wide, narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POST /auth?grant_type=password (wide and narrow)");
        assertThat(AuthPlugin.mounting(narrow, wide).apis()).hasSize(2);
    }

    @Test
    void one_dialect_is_mounted_below_several_prefixes_each_with_its_own_key() {
        Dialect dialect = small("many", "POST /login", "GET /me");
        LoginApi root = parts.mount(dialect);
        LoginApi deep = parts.mount(dialect).under("/a/b");
        LoginApi other = parts.mount(dialect).under("/a/c");
        try (RunningApp app = RunningApp.start(root, deep, other)) {
            String token = Asked.token(app.send(login("/a/b/login")));

            assertThat(app.send(bearing("/a/b/me", token)).status()).isEqualTo(200);
            assertThat(app.send(bearing("/a/c/me", token)).status()).isEqualTo(401);
            assertThat(app.send(bearing("/me", token)).status()).isEqualTo(401);
            assertThat(by(app.send(RawRequest.get("/a/c/nowhere")))).isEqualTo("404 many");
            assertThat(by(app.send(RawRequest.get("/a/b/")))).isEqualTo("404 many");
            assertThat(app.send(RawRequest.get("/a/d")).body()).doesNotContain("many");
        }
    }

    private static RawRequest bearing(String path, String token) {
        return RawRequest.get(path).header("Authorization", "Bearer " + token);
    }

    @Test
    void two_dialects_share_a_path_but_not_a_route() {
        LoginApi first = parts.mount(small("first", "POST /session", "GET /me"));
        LoginApi second = parts.mount(small("second", "PUT /session", "GET /you"));
        try (RunningApp app = RunningApp.start(first, second)) {
            assertThat(by(app.send(login("/session")))).isEqualTo("200 first");
            assertThat(by(app.send(RawRequest.of("PUT", "/session").json(LOGIN))))
                    .isEqualTo("200 second");
            assertThat(app.send(RawRequest.get("/session")).header("Allow")).isEqualTo("POST, PUT");
        }
        assertThatThrownBy(() -> AuthPlugin.mounting(first, parts.mount(small("third", "POST /session", "GET /x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POST /session (first and third)");
        assertThat(AuthPlugin.mounting(first, first.under("/again")).apis()).hasSize(2);
    }

    @Test
    void the_applications_own_routes_are_left_alone() {
        LoginApi mount = parts.mount(small("guest", "POST /session", "GET /me")).under("/v1");
        try (RunningApp app = RunningApp.start(List.of(mount), config -> {
            config.routes.get("/", context -> context.result("home"));
            config.routes.get("/v1/own", context -> context.result("own"));
            config.routes.get("/v2/<rest>", context -> context.result("rest"));
            config.routes.get("/boom", context -> {
                throw new IllegalStateException("theirs");
            });
            config.routes.exception(
                    IllegalStateException.class,
                    (failure, context) -> context.status(418).result("mended"));
        })) {
            assertThat(app.send(RawRequest.get("/")).body()).isEqualTo("home");
            assertThat(app.send(RawRequest.get("/v1/own")).body()).isEqualTo("own");
            assertThat(app.send(RawRequest.get("/v2/me")).body()).isEqualTo("rest");
            assertThat(app.send(RawRequest.get("/boom")).status()).isEqualTo(418);
            assertThat(app.send(RawRequest.get("/elsewhere")).body()).doesNotContain("guest");
            assertThat(by(app.send(RawRequest.get("/v1/elsewhere")))).isEqualTo("404 guest");
            assertThat(app.send(RawRequest.get("/")).all("Cache-Control")).isEmpty();
        }
    }

    @Test
    void slashes_tell_paths_apart_whatever_the_application_set() {
        LoginApi mount = parts.mount(small("slash", "POST /in/", "GET /me"));
        for (boolean ignore : List.of(true, false)) {
            try (RunningApp app =
                    RunningApp.start(List.of(mount), config -> config.router.ignoreTrailingSlashes = ignore)) {
                assertThat(by(app.send(login("/in/")))).isEqualTo("200 slash");
                assertThat(app.send(login("/in")).status()).isEqualTo(404);
                assertThat(by(app.send(RawRequest.get("/me")))).isEqualTo("401 slash");
                assertThat(app.send(RawRequest.get("/me/")).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void what_comes_before_every_path_of_the_application_comes_before_those_of_a_dialect() {
        LoginApi mount = parts.mount(small("context", "POST /in", "GET /me")).under("/v1");
        try (RunningApp app = RunningApp.start(List.of(mount), config -> config.router.contextPath = "/app")) {
            assertThat(by(app.send(login("/app/v1/in")))).isEqualTo("200 context");
            assertThat(by(app.send(RawRequest.get("/app/v1/me")))).isEqualTo("401 context");
            assertThat(by(app.send(RawRequest.get("/app/v1/in")))).isEqualTo("405 context");
            assertThat(by(app.send(RawRequest.get("/app/v1/nowhere")))).isEqualTo("404 context");
            assertThat(app.send(login("/v1/in")).status()).isEqualTo(404);
        }
    }

    @Test
    void a_prefix_is_a_path_and_a_body_has_a_limit() {
        LoginApi mount = parts.mount(ShippedDialects.dialect("standard"));

        for (String prefix : List.of(
                "/", "v1", "/v1/", "/v 1", "/{x}", "/<x>", "/*", "//v1", "/v1//a", "/a".repeat(100_000) + "/")) {
            assertThatThrownBy(() -> mount.under(prefix)).as(prefix).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> mount.withMaxBodyBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
