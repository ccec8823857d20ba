package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Auth;
import dev.countersign.api.LoginApi;
import dev.countersign.api.ProxyCheck;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.FailingStore;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.json.JsonString;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A reverse proxy asks whether a request may pass, for every dialect. */
class ProxyCheckTest {

    private static final String PATH = "/auth/verify";
    private static final String HAN = "a52ee085-ff47-4ee1-bac3-a8a319f674ed";

    private static final String LEIA = "{\"email\":\"leia@alderaan.example\",\"password\":\"only hope of the rebels\"}";

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    private final Parts parts = new Parts();

    private LoginApi api(String dialect) {
        return parts.mount(ShippedDialects.dialect(dialect)).withProxyCheck(ProxyCheck.at(PATH));
    }

    private static RawRequest asking(String method, Asked asked, String value) {
        return RawRequest.of(method, PATH).header(asked.header().name(), value);
    }

    private static void assertPassed(RawAnswer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Auth-User-Id")).isEqualTo(HAN);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Type")).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_valid_token_passes_with_the_headers_of_its_user(String dialect) {
        LoginApi api = api(dialect);
        Asked asked = new Asked(api.dialect());
        try (RunningApp app = RunningApp.start(api)) {
            String token = asked.scheme() + Asked.token(app.send(asked.goodLogin()));
            for (String method : List.of("GET", "HEAD")) {
                RawAnswer answer = app.send(asking(method, asked, token));
                assertPassed(answer);
                assertThat(answer.header("X-Auth-User-Name")).isEqualTo("han.solo");
            }
            assertThat(app.send(asking("POST", asked, token)).status()).isNotIn(200, 401, 403);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_refusal_is_the_dialects_own_with_a_status_that_proxies_understand(String dialect) {
        LoginApi api = api(dialect);
        Asked asked = new Asked(api.dialect());
        try (RunningApp app = RunningApp.start(api)) {
            String token = asked.scheme() + Asked.token(app.send(asked.goodLogin()));
            parts.clock.advance(api.dialect().token().lifetime().plusMinutes(2));
            int last = token.length() - 3;
            String forged =
                    token.substring(0, last) + (token.charAt(last) == 'A' ? 'B' : 'A') + token.substring(last + 1);
            for (String value : List.of(token, forged, asked.scheme() + "x", asked.scheme() + "a b", asked.scheme())) {
                assertRefusedLike(app.send(asked.me(value)), app.send(asking("GET", asked, value)));
                assertThat(app.send(asking("HEAD", asked, value)).status()).isIn(401, 403);
            }
            assertRefusedLike(app.send(RawRequest.get(asked.mePath())), app.send(RawRequest.get(PATH)));
        }
    }

    private static void assertRefusedLike(RawAnswer own, RawAnswer answer) {
        assertThat(answer.status()).isEqualTo(own.status() == 403 ? 403 : 401);
        assertThat(answer.body()).isEqualTo(own.body());
        assertThat(answer.all("WWW-Authenticate")).isEqualTo(own.all("WWW-Authenticate"));
        assertThat(answer.header("Content-Type")).isEqualTo(own.header("Content-Type"));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headerLines()).noneMatch(line -> line.startsWith("X-Auth"));
    }

    @Test
    void the_standard_dialect_has_the_route_by_itself() {
        LoginApi api = parts.mount(ShippedDialects.dialect("standard"));
        Asked asked = new Asked(api.dialect());
        try (RunningApp app = RunningApp.start(api)) {
            String token = Asked.token(app.send(asked.goodLogin()));
            assertPassed(app.send(asking("GET", asked, "Bearer " + token)));
            RawAnswer two = app.send(asking("GET", asked, "Bearer " + token).header("Authorization", "Bearer x"));
            assertThat(two.status()).isEqualTo(401);
            assertThat(two.header("WWW-Authenticate")).contains("invalid_request");
        }
    }

    @Test
    void an_application_of_its_own_answers_proxies() {
        Auth auth = parts.mount(ShippedDialects.dialect("payop")).auth();
        // snippet: check
        ProxyCheck check = ProxyCheck.at("/auth/verify")
                .withHeaders(Map.of("X-Auth-User-Id", "${user.uuid}", "X-Auth-Role", "${user.attributes.role}"));
        AuthPlugin plugin = AuthPlugin.mounting(LoginApi.of(auth).withProxyCheck(check));
        // end
        Asked asked = new Asked(auth.dialect().orElseThrow());
        try (RunningApp app = RunningApp.start(plugin, config -> {})) {
            RawAnswer answer = app.send(asking("GET", asked, Asked.token(app.send(asked.goodLogin()))));
            assertPassed(answer);
            assertThat(answer.header("X-Auth-Role")).isEqualTo("2");
        }
    }

    @Test
    void an_answer_of_a_file_that_would_let_a_refused_request_pass_is_401() throws Exception {
        String text = ShippedDialects.text("payop").replace("status: 401", "status: 200");
        Dialect lenient = DialectReader.read("payop.yaml", text, Map.of());
        Asked asked = new Asked(lenient);
        LoginApi api = parts.mount(lenient).withProxyCheck(ProxyCheck.at(PATH));
        try (RunningApp app = RunningApp.start(api)) {
            assertThat(app.send(RawRequest.get(asked.mePath())).status()).isEqualTo(200);
            assertThat(app.send(RawRequest.get(PATH)).status()).isEqualTo(401);
        }
    }

    @Test
    void a_fault_is_never_a_refusal() {
        FailingStore broken = new FailingStore(parts.users);
        LoginApi api = new Parts(broken, parts.hasher, parts.clock)
                .mount(ShippedDialects.dialect("payop"))
                .withProxyCheck(ProxyCheck.at(PATH));
        Asked asked = new Asked(api.dialect());
        try (RunningApp app = RunningApp.start(api)) {
            String token = Asked.token(app.send(asked.goodLogin()));
            broken.failWith(() -> new IllegalStateException("broken"));
            assertThat(app.send(asking("GET", asked, token)).status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Leïa Organa    | Le%C3%AFa%20Organa",
                "100%, \"x\"; y | 100%25%2C%20%22x%22%3B%20y",
                "a@b.example    | a@b.example",
                "日本            | %E6%97%A5%E6%9C%AC",
            })
    void values_are_percent_encoded(String name, String sent) {
        assertThat(named(name)).isEqualTo(sent);
    }

    @Test
    void a_line_break_in_a_value_is_no_header() {
        assertThat(named("a\r\nX-Auth-User-Id: 1")).isEqualTo("a%0D%0AX-Auth-User-Id:%201");
        assertThat(named("\u0000\u007f\ud800")).isEqualTo("%00%7F?");
    }

    private String named(String name) {
        User han = parts.users
                .find(new UserKey.ByEmail(Identifier.typed("Han@Falcon.example")))
                .orElseThrow()
                .user();
        parts.users.update(
                han.toBuilder()
                        .attributes(han.attributes().with("name", new JsonString(name)))
                        .build(),
                null);
        LoginApi api = parts.mount(ShippedDialects.dialect("payop"))
                .withProxyCheck(ProxyCheck.at(PATH)
                        .withHeaders(Map.of(
                                "Remote-Name",
                                "${user.attributes.name}",
                                "Authorization",
                                "Bearer ${token}",
                                "X-Absent",
                                "${user.attributes.absent}")));
        Asked asked = new Asked(api.dialect());
        try (RunningApp app = RunningApp.start(api)) {
            String token = Asked.token(app.send(asked.goodLogin()));
            RawAnswer answer = app.send(asking("GET", asked, token));
            assertThat(answer.header("Authorization")).isEqualTo("Bearer " + token);
            assertThat(answer.all("X-Absent")).isEmpty();
            assertThat(answer.all("X-Auth-User-Id")).isEmpty();
            return answer.header("Remote-Name");
        }
    }

    @Test
    void several_apis_share_a_path_and_the_one_whose_token_is_presented_answers() {
        LoginApi standard = api("standard");
        LoginApi payop = api("payop");
        LoginApi expressa = api("expressa");
        Asked asked = new Asked(payop.dialect());
        try (RunningApp app = RunningApp.start(payop, expressa, standard)) {
            String own = Asked.token(app.send(new Asked(standard.dialect()).goodLogin()));
            String other = Asked.token(app.send(asked.goodLogin()));
            assertPassed(app.send(RawRequest.get(PATH).header("Authorization", "Bearer " + own)));
            assertPassed(app.send(RawRequest.get(PATH).header("token", other)));
            assertPassed(app.send(RawRequest.get(PATH).header("Authorization", "Bearer " + other)));

            assertThat(app.send(RawRequest.get(PATH)).body())
                    .isEqualTo(app.send(RawRequest.get(asked.mePath())).body());
            parts.clock.advance(standard.dialect().token().lifetime().plusMinutes(2));
            // Payop reads the same header, but the token is not one of its own.
            assertThat(app.send(RawRequest.get(PATH).header("Authorization", "Bearer " + own))
                            .header("WWW-Authenticate"))
                    .contains("expired");
        }
    }

    @Test
    void tokens_of_two_users_are_refused() {
        LoginApi payop = api("payop");
        LoginApi expressa = api("expressa");
        LoginApi standard = api("standard");
        try (RunningApp app = RunningApp.start(standard, payop, expressa)) {
            Asked asked = new Asked(payop.dialect());
            String han = Asked.token(app.send(asked.goodLogin()));
            String hans = Asked.token(app.send(new Asked(expressa.dialect()).goodLogin()));
            String others = Asked.token(app.send(RawRequest.post("/users/login").json(LEIA)));
            assertPassed(app.send(RawRequest.get(PATH).header("token", han).header("x-access-token", hans)));
            assertThat(app.send(RawRequest.get(PATH).header("token", han).header("x-access-token", others))
                            .status())
                    .isEqualTo(401);
            // Payop reads both headers.
            String bearer = "Bearer " + Asked.token(app.send(new Asked(standard.dialect()).goodLogin()));
            assertThat(app.send(RawRequest.get(PATH).header("token", han).header("Authorization", bearer))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_token_in_the_query_of_the_original_request_counts_only_where_that_is_configured() {
        Dialect dialect = ShippedDialects.dialect("expressa");
        LoginApi plain = parts.mount(dialect);
        ProxyCheck check = ProxyCheck.at(PATH).withOriginalUri("X-Forwarded-Uri");
        Asked asked = new Asked(dialect);
        for (LoginApi api : List.of(
                plain.withProxyCheck(ProxyCheck.at(PATH)),
                plain.withProxyCheck(check),
                plain.withProxyCheck(check).withoutQueryTokens())) {
            try (RunningApp app = RunningApp.start(api)) {
                String token = Asked.token(app.send(asked.goodLogin()));
                boolean read = api.proxyCheck().orElseThrow().originalUri().isPresent();
                boolean off = api.dialect().transport().places().size() == 1;
                RawRequest forwarded =
                        RawRequest.get(PATH).header("X-Forwarded-Uri", "/orders?a=1&token=" + token + "#x");
                assertThat(app.send(forwarded).status()).isEqualTo(read && !off ? 200 : 403);
                assertThat(app.send(forwarded.header("X-Forwarded-Uri", "/orders"))
                                .status())
                        .isEqualTo(403);
                assertThat(app.send(RawRequest.get(PATH + "?token=" + token)).status())
                        .isEqualTo(read || off ? 403 : 200);
                assertPassed(app.send(asking("GET", asked, token)));
            }
        }
    }

    @Test
    void a_path_or_a_header_that_cannot_be_is_refused() {
        for (String path : List.of("", "auth", "/", "/a/", "/a//b", "/a b", "/..", "/a?b", "/ä")) {
            assertThatThrownBy(() -> ProxyCheck.at(path)).isInstanceOf(IllegalArgumentException.class);
        }
        ProxyCheck check = ProxyCheck.at(PATH);
        for (Map<String, String> headers : List.of(
                Map.of("X_Role", "x"),
                Map.of("Content-Length", "1"),
                Map.of("X-Role", "a\nb"),
                Map.of("X-Role", "${user.nobody}"),
                Map.of("X-Role", "${token.credential}"),
                Map.of("X-Role", "${request.header.X-Role}"),
                Map.of("X-Role", "${user.id"))) {
            assertThatThrownBy(() -> check.withHeaders(headers)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> check.withOriginalUri("X Uri")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_check_at_a_route_of_another_operation_is_refused() {
        assertThatThrownBy(() -> parts.mount(ShippedDialects.dialect("standard"))
                        .withProxyCheck(ProxyCheck.at("/v1/auth/me"))
                        .under("/v1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /v1/auth/me is the route of me");
        assertThatThrownBy(() -> RunningApp.start(
                                parts.mount(ShippedDialects.dialect("standard")),
                                parts.mount(ShippedDialects.dialect("payop")).withProxyCheck(ProxyCheck.at("/auth/me")))
                        .close())
                .hasMessageContaining("GET /auth/me (standard and payop)");
    }
}
