package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.Browser;
import dev.countersign.javalin.http.RunningApp.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may send and read. */
class CorsApiTest {

    private static final String EVIL = "https://evil.example";
    private static final CorsPolicy POLICY = CorsPolicy.allowing(Browser.ORIGIN);

    private final Parts parts = new Parts();

    private LoginApi shipped(String name) {
        return parts.mount(ShippedDialects.dialect(name)).withCors(POLICY);
    }

    private LoginApi file(String name) throws Exception {
        Path file = Path.of("src/test/resources/dialects", name + ".yaml");
        return parts.mount(DialectReader.read(file.toString(), Files.readString(file), Map.of()));
    }

    private static Answer ask(LoginApi api, String method, String path, String origin) {
        return api.handle(Browser.preflight(Request.of(method, path), origin));
    }

    private static List<String> permissions(Answer answer) {
        List<String> names = new ArrayList<>();
        answer.headers().forEach((name, value) -> {
            if (name.startsWith("Access-Control-")) {
                names.add(name + ": " + value);
            }
        });
        return names;
    }

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void every_path_answers_a_preflight_request_with_its_own_methods(String name) {
        LoginApi api = shipped(name);

        api.routes().forEach(route -> {
            Answer answer = ask(api, route.method(), route.path().replaceAll("\\{[^}]*}", "7"), Browser.ORIGIN);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(Browser.list(answer, "Access-Control-Allow-Methods")).contains(route.method());
            assertThat(Browser.list(answer, "Access-Control-Allow-Headers"))
                    .contains("content-type")
                    .doesNotContain("*");
            assertThat(answer.headers().all("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.headers().first("Access-Control-Max-Age")).contains("3600");
        });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_page_may_send_a_token_in_each_header_that_the_dialect_reads(String name) {
        LoginApi api = shipped(name);
        Answer answer = ask(api, "GET", new Asked(api.dialect()).mePath(), Browser.ORIGIN);

        api.dialect().transport().places().forEach(place -> {
            if (place instanceof TokenPlace.InHeader header) {
                assertThat(Browser.list(answer, "Access-Control-Allow-Headers")).contains(header.name());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "null", "https://app.example.com:8443", "http://app.example.com", "*", ""})
    void another_origin_is_allowed_nothing(String origin) {
        LoginApi api = shipped("standard");

        Answer asks = ask(api, "GET", "/auth/me", origin);
        assertThat(asks.status()).isEqualTo(204);
        assertThat(permissions(asks)).isEmpty();
        assertThat(Browser.list(asks, "Vary"))
                .containsExactlyInAnyOrder("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");

        Answer refused = api.handle(Request.of("GET", "/auth/me").header("Origin", origin));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(permissions(refused)).isEmpty();
        assertThat(refused.headers().all("Vary")).containsExactly("Origin");
    }

    @Test
    void two_origins_are_none() {
        Answer answer = shipped("standard")
                .handle(Request.of("GET", "/auth/me")
                        .header("Origin", Browser.ORIGIN)
                        .header("Origin", EVIL));

        assertThat(permissions(answer)).isEmpty();
    }

    @Test
    void a_request_without_an_origin_is_answered_as_ever_but_for_vary() {
        LoginApi api = shipped("smarterselect");
        Asked asked = new Asked(api.dialect());
        Answer answer = api.handle(Request.of("POST", asked.loginPath())
                .json(asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(permissions(answer)).containsExactly("Access-Control-Expose-Headers: Authorization");
        assertThat(answer.headers().all("Vary")).containsExactly("Origin");
    }

    @Test
    void without_a_policy_nothing_changes() {
        LoginApi api = parts.mount(ShippedDialects.dialect("standard"));

        assertThat(api.cors()).isEmpty();
        Answer asks = ask(api, "GET", "/auth/me", Browser.ORIGIN);
        assertThat(asks.status()).isEqualTo(405);
        Answer refused = api.handle(Request.of("GET", "/auth/me").header("Origin", Browser.ORIGIN));
        for (Answer answer : List.of(asks, refused)) {
            assertThat(permissions(answer)).isEmpty();
            assertThat(answer.headers().all("Vary")).isEmpty();
            assertThat(answer.replacedHeaders()).isEmpty();
        }
    }

    @Test
    void a_page_reads_errors_and_the_headers_that_they_have() {
        LoginApi api = shipped("standard").under("/v1").withMaxBodyBytes(300);
        Map<Request, Integer> requests = Map.of(
                Request.of("GET", "/v1/auth/me"), 401,
                Request.of("DELETE", "/v1/auth/me"), 405,
                Request.of("OPTIONS", "/v1/auth/me"), 405,
                Request.of("GET", "/v1/nothing"), 404,
                Request.of("POST", "/v1/auth/login").json("{}"), 422,
                Request.of("POST", "/v1/auth/login").json("{"), 400,
                Request.of("POST", "/v1/auth/login").body("x"), 415,
                Request.of("POST", "/v1/auth/login").json("[\"" + "x".repeat(400) + "\"]"), 413);
        requests.forEach((request, status) -> {
            Answer answer = api.handle(request.header("Origin", Browser.ORIGIN));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers().all("Access-Control-Allow-Origin")).containsExactly(Browser.ORIGIN);
            assertThat(Browser.list(answer, "Vary")).contains("Origin");
            for (String header : List.of("WWW-Authenticate", "Allow", "Accept", "Retry-After")) {
                assertThat(Browser.list(answer, "Access-Control-Expose-Headers").contains(header))
                        .as("%s of %d", header, status)
                        .isEqualTo(answer.headers().first(header).isPresent());
            }
        });
        Request late =
                new Request(Request.of("POST", "/v1/auth/login").json("{}").head(), Body.late());
        assertThat(api.handle(late.header("Origin", Browser.ORIGIN)).headers().first("Access-Control-Allow-Origin"))
                .isPresent();
        Answer full = LoginApis.of(List.of(api))
                .refuse(
                        Request.of("POST", "/v1/auth/login")
                                .header("Origin", Browser.ORIGIN)
                                .head(),
                        Reason.UNAVAILABLE);
        assertThat(full.status()).isEqualTo(503);
        assertThat(Browser.list(full, "Access-Control-Expose-Headers")).contains("Retry-After");
    }

    @Test
    void a_path_without_a_route_lets_a_page_read_that_there_is_nothing() {
        LoginApi api = shipped("standard").under("/v1");

        Answer answer = ask(api, "PATCH", "/v1/nothing", Browser.ORIGIN);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(Browser.list(answer, "Access-Control-Allow-Methods")).contains("PATCH", "GET", "HEAD", "POST");
    }

    @Test
    void the_application_adds_its_own_headers_and_its_own_time() {
        LoginApi api = shipped("standard")
                .withCors(POLICY.withRequestHeaders(List.of("X-Request-Id"))
                        .withExposedHeaders(List.of("X-Trace"))
                        .withMaxAge(Duration.ofMinutes(5)));

        Answer asks = ask(api, "GET", "/auth/me", Browser.ORIGIN);
        assertThat(Browser.list(asks, "Access-Control-Allow-Headers")).contains("X-Request-Id", "Authorization");
        assertThat(asks.headers().first("Access-Control-Max-Age")).contains("300");
        Answer refused = api.handle(Request.of("GET", "/auth/me").header("Origin", Browser.ORIGIN));
        assertThat(Browser.list(refused, "Access-Control-Expose-Headers")).contains("X-Trace", "WWW-Authenticate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directus-cookie", "directus-session"})
    void a_dialect_with_cookies_allows_credentials_to_named_origins_only(String name) throws Exception {
        LoginApi api = file(name);

        Answer asks = ask(api.withCors(POLICY), "POST", "/auth/login", Browser.ORIGIN);
        assertThat(asks.headers().all("Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(permissions(ask(api.withCors(POLICY), "POST", "/auth/login", EVIL)))
                .isEmpty();
        assertThat(ask(api.withCors(POLICY.withoutCredentials()), "POST", "/auth/login", Browser.ORIGIN)
                        .headers()
                        .all("Access-Control-Allow-Credentials"))
                .isEmpty();
        LoginApi open = api.withCors(CorsPolicy.allowingEveryOriginWithoutCredentials());
        Answer everybody =
                open.handle(Request.of("POST", "/auth/login").json("{}").header("Origin", EVIL));
        assertThat(everybody.headers().all("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(everybody.headers().all("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void tokens_in_cookies_only_need_named_origins() throws Exception {
        Dialect dialect = file("directus-session").dialect();
        Dialect cookiesOnly = new Dialect(
                dialect.name(),
                dialect.title(),
                false,
                dialect.token(),
                dialect.refresh(),
                new TokenTransport(
                        dialect.transport().places().stream()
                                .filter(TokenPlace.InCookie.class::isInstance)
                                .toList(),
                        false),
                dialect.endpoints(),
                dialect.authenticatedHeaders(),
                dialect.passwords(),
                dialect.fieldErrors(),
                dialect.errors(),
                dialect.variants());
        LoginApi api = parts.mount(cookiesOnly);

        assertThatThrownBy(() -> api.withCors(CorsPolicy.allowingEveryOriginWithoutCredentials()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in cookies only")
                .hasMessageContaining("name the origins");
        assertThat(api.withCors(POLICY).cors()).contains(POLICY);
    }

    @Test
    void each_api_on_a_server_has_its_own_policy() {
        LoginApis both = LoginApis.of(List.of(shipped("standard"), parts.mount(ShippedDialects.dialect("payop"))));
        Request login = Request.of("POST", "/v1/users/login").json("{}").header("Origin", Browser.ORIGIN);

        assertThat(both.answersPreflight(
                        Browser.preflight(Request.of("GET", "/auth/me"), EVIL).head()))
                .isTrue();
        assertThat(both.answersPreflight(
                        Browser.preflight(login, Browser.ORIGIN).head()))
                .isFalse();
        assertThat(both.answersPreflight(Request.of("OPTIONS", "/auth/me").head()))
                .isFalse();
        assertThat(permissions(both.handle(login))).isEmpty();
        assertThat(both.handle(login).headers().all("Vary")).isEmpty();
    }

    @Test
    void the_policy_survives_other_choices() {
        LoginApi api = shipped("standard")
                .under("/v1")
                .withMaxBodyBytes(500)
                .withoutQueryTokens()
                .withoutRegistration()
                .withoutUnopenedRegistration()
                .withProxyCheck(ProxyCheck.at("/check"));

        assertThat(api.cors()).contains(POLICY);
    }

    @Test
    void answers_to_proxies_and_refusals_of_guards_say_nothing_about_origins() {
        LoginApi api = shipped("standard").withProxyCheck(ProxyCheck.at("/check"));
        Request check = Request.of("GET", "/check").header("Origin", Browser.ORIGIN);

        assertThat(permissions(api.handle(check))).isEmpty();
        Admission.Refused refused = (Admission.Refused)
                api.authenticate(Request.of("GET", "/orders").header("Origin", Browser.ORIGIN));
        assertThat(permissions(refused.answer())).isEmpty();
        assertThat(refused.answer().replacedHeaders()).isEmpty();
    }
}
