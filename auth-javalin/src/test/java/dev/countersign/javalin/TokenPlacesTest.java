package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.file.InvalidFileException;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tokens in one request, wherever they stand: refused if they differ, taken if they are one. */
class TokenPlacesTest {

    private static final String TEXT = """
            dialect: places
            title: Every place a token may be in
            token:
              header: {alg: HS256, typ: JWT}
              claims: {sub: "${user.id}", exp: "${token.expires_at | epoch-seconds}"}
              subject: /sub
              lifetime: 1h
            token_in:
              - {header: Authorization, scheme: Token, parameter: token}
              - {header: Authorization, scheme: Bearer}
              - {header: X-Token}
              - {query: token}
              - {cookie: session}
              - {body: /token}
            conflicting_tokens: CONFLICTING
            operations:
              login:
                routes: [POST /login]
                media_types: [application/json]
                fields:
                  identifier: {at: /name, kind: either}
                  password: {at: /password}
                invalid_fields_as: bad_request
                answer: {body: {token: "${token}"}}
              me:
                routes: [GET /me]
                answer: {body: {id: "${user.id}"}}
              verify:
                routes: [POST /verify]
                media_types: [application/json, application/x-www-form-urlencoded, multipart/form-data]
                answer: {body: {id: "${user.id}"}}
            errors:
              defaults: {body: {error: "${error.reason}"}}
              bad_credentials: {}
              missing_token: {}
              bad_request: {}
              fault: {}
            """;

    private static final Dialect DIALECT = dialect("refuse");

    private static RunningApp app;
    private static String han;
    private static String finn;

    static Dialect dialect(String conflicts) {
        try {
            return DialectReader.read("places.yaml", TEXT.replace("CONFLICTING", conflicts), Map.of());
        } catch (InvalidFileException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    @BeforeAll
    static void start() {
        app = RunningApp.start(new RunningApp.Parts().mount(DIALECT));
        han = token("han.solo", Asked.PASSWORD);
        finn = token("finn@order.example", "not a stormtrooper now");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String token(String name, String password) {
        return Asked.token(app.send(
                RawRequest.post("/login").json("{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}")));
    }

    private static RawRequest me() {
        return RawRequest.get("/me");
    }

    private static RawRequest verify(String type, String body) {
        return RawRequest.post("/verify").header("Content-Type", type).body(body);
    }

    private static String part(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static void refuses(RawRequest request) {
        OwnAnswer.check(app.send(request), DIALECT, request, Reason.CONFLICTING_TOKENS, Reason.UNPARSEABLE_BODY);
        assertThat(app.send(request).status()).isEqualTo(400);
    }

    private static void passes(RawRequest request) {
        RawAnswer answer = app.send(request);
        assertThat(answer.status()).as("%s %s", request, answer).isEqualTo(200);
        assertThat(answer.text("/id")).isEqualTo("1");
    }

    @Test
    void two_cookies_of_one_name_with_different_tokens_are_refused() {
        refuses(me().header("Cookie", "session=" + han + "; session=" + finn));
        refuses(me().header("Cookie", "a=b; session=" + han + "; c=d; session=" + finn));
        refuses(me().header("Cookie", "session=" + han).header("Cookie", "session=" + finn));
        refuses(me().header("Cookie", "session=" + han + "; session=junk"));
        refuses(me().header("Cookie", "session=\"" + han + "\"; session=" + finn));
    }

    @Test
    void one_cookie_sent_twice_and_one_of_another_name_pass() {
        passes(me().header("Cookie", "session=" + han + "; session=" + han));
        passes(me().header("Cookie", "session=" + han).header("Cookie", "session=" + han));
        passes(me().header("Cookie", "session=" + han + "; Session=" + finn));
        passes(me().header("Cookie", "session=; session=" + han));
    }

    @Test
    void two_tokens_in_parameters_of_one_header_are_refused() {
        for (String second : List.of(finn, han)) {
            refuses(me().header("Authorization", "Token token=\"" + han + "\", token=\"" + second + "\""));
            refuses(me().header("Authorization", "Token token=" + han + ",token=" + second));
            refuses(me().header(
                            "Authorization", "Token TOKEN=\"" + han + "\", nonce=\"a,b\", token=\"" + second + "\""));
        }
    }

    @Test
    void commas_and_other_parameters_beside_a_token_are_fine() {
        for (String parameters : List.of(
                "token=\"%s\"",
                "token=%s",
                "token = \"%s\"",
                "token=\"%s\", nonce=\"def\"",
                "nonce=\"a \\\"token=\\\" b\", token=\"%s\"",
                "nonce=\"def\",,token=\"%s\" ,",
                "Token=\"%s\"")) {
            passes(me().header("Authorization", "Token " + parameters.formatted(han)));
        }
    }

    @Test
    void two_credentials_that_a_proxy_has_joined_are_refused() {
        for (String joined : List.of(
                "Token token=\"%s\", Token token=\"%s\"",
                "Bearer %s, Bearer %s", "Bearer %s,%s", "Token token=\"%s\", %s")) {
            RawAnswer answer = app.send(me().header("Authorization", joined.formatted(han, finn)));
            assertThat(answer.status()).as(joined).isIn(400, 401);
        }
        refuses(me().header("X-Token", han).header("x-token", finn));
        assertThat(app.send(me().header("X-Token", han + "," + finn)).status()).isEqualTo(401);
    }

    @Test
    void a_query_parameter_that_stands_twice_is_refused_however_its_name_is_written() {
        for (String name : List.of("token", "%74oken", "toke%6E", "%74%6f%6b%65%6e")) {
            refuses(RawRequest.get("/me?token=" + han + "&" + name + "=" + finn));
            passes(RawRequest.get("/me?token=" + han + "&" + name + "=" + han));
        }
    }

    @Test
    void a_body_member_or_field_that_stands_twice_is_refused() {
        refuses(verify("application/json", "{\"token\":\"" + han + "\",\"token\":\"" + finn + "\"}"));
        refuses(verify("application/json", "{\"token\":\"" + han + "\",\"\\u0074oken\":\"" + finn + "\"}"));
        refuses(verify("application/x-www-form-urlencoded", "token=" + han + "&token=" + finn));
        refuses(verify("application/x-www-form-urlencoded", "token=" + han + "&%74oken=" + finn));
        refuses(verify("multipart/form-data; boundary=b", part("token", han) + part("token", finn) + "--b--\r\n"));
        passes(verify("application/json", "{\"token\":\"" + han + "\"}"));
        passes(verify("application/x-www-form-urlencoded", "token=" + han));
        passes(verify("multipart/form-data; boundary=b", part("token", han) + "--b--\r\n"));
    }

    @Test
    void different_tokens_in_different_places_are_refused_and_one_in_all_of_them_passes() {
        String body = "{\"token\":\"" + han + "\"}";
        refuses(verify("application/json", body).header("Cookie", "session=" + finn));
        refuses(verify("application/json", body).header("X-Token", finn));
        refuses(RawRequest.get("/me?token=" + finn).header("Cookie", "session=" + han));
        passes(verify("application/json", body)
                .header("X-Token", han)
                .header("Cookie", "session=" + han)
                .header("Authorization", "Bearer " + han));
    }

    @Test
    void a_repeated_parameter_is_refused_even_where_the_first_token_wins() {
        LoginApi mount = new RunningApp.Parts().mount(dialect("first"));
        try (RunningApp first = RunningApp.start(mount)) {
            String token = Asked.token(first.send(
                    RawRequest.post("/login").json("{\"name\":\"han.solo\",\"password\":\"" + Asked.PASSWORD + "\"}")));
            String twice = "Token token=\"" + token + "\", token=\"x\"";

            assertThat(first.send(me().header("Authorization", twice)).status()).isEqualTo(400);
            assertThat(first.send(me().header("Cookie", "session=" + token + "; session=x"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session=\u0001",
                "session",
                "=",
                ";;;",
                "session=\"a",
                "session=a\"b",
                "\"",
                "$Version=1; session=x; $Path=/",
                "session=a,session=b",
                "session={\"a\":1}",
                "session=\u00ff\u00e9"
            })
    void a_cookie_that_cannot_be_read_is_no_fault(String cookie) {
        OwnAnswer.checkHarmless(app.send(me().header("Cookie", cookie)), cookie);
    }

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    /** A shipped dialect whose tokens also travel in a cookie. */
    private static Dialect withCookie(String name) {
        Dialect shipped = ShippedDialects.dialect(name);
        TokenTransport transport = new TokenTransport(
                ImmutableList.<TokenPlace>builder()
                        .addAll(shipped.transport().places())
                        .add(new TokenPlace.InCookie("session"))
                        .build(),
                shipped.transport().firstWins());
        return new Dialect(
                shipped.name(),
                shipped.title(),
                shipped.mountedByDefault(),
                shipped.token(),
                shipped.refresh(),
                transport,
                shipped.endpoints().stream()
                        .map(endpoint -> new Endpoint(
                                endpoint.name(),
                                endpoint.operation(),
                                endpoint.routes(),
                                endpoint.request(),
                                transport,
                                endpoint.refreshTransport(),
                                endpoint.rule(),
                                endpoint.answer()))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableMap.of(),
                shipped.passwords(),
                shipped.fieldErrors(),
                shipped.errors(),
                shipped.variants());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void two_cookies_are_refused_in_the_words_of_every_dialect(String name) {
        Dialect dialect = withCookie(name);
        Asked asked = new Asked(dialect);
        try (RunningApp own = RunningApp.start(new RunningApp.Parts().mount(dialect))) {
            String token = Asked.token(own.send(asked.goodLogin()));
            RawRequest two =
                    RawRequest.get(asked.mePath()).header("Cookie", "session=" + token + "; session=" + token + "x");

            OwnAnswer.check(own.send(two), dialect, two, Reason.CONFLICTING_TOKENS);
            assertThat(own.send(RawRequest.get(asked.mePath())
                                    .header("Cookie", "session=" + token + "; session=" + token))
                            .status())
                    .isEqualTo(200);
        }
    }
}
