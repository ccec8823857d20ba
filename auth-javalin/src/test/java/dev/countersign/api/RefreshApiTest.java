package dev.countersign.api;

import static dev.countersign.api.SessionApi.file;
import static dev.countersign.api.SessionApi.logIn;
import static dev.countersign.api.SessionApi.me;
import static dev.countersign.api.SessionApi.refresh;
import static dev.countersign.api.SessionApi.refusal;
import static dev.countersign.api.SessionApi.text;
import static dev.countersign.api.SessionApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refresh tokens in every form that a dialect file can describe. */
class RefreshApiTest {

    private static final String SIGNED = """
            refresh_token:
              form: signed
              header: {alg: HS256, typ: JWT}
              claims: {token_type: refresh, user: "${user.id}", jti: "${token.id}", exp: "${token.expires_at | epoch-seconds}"}
              subject: /user
              match_claims: [/token_type]
              rotation: kept
              idle: 24h
            """;

    private final SessionApi api = new SessionApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_random_token_is_exchanged_once_for_an_answer_like_that_of_login() {
        LoginApi small = api.mount(file(""));
        Answer in = logIn(small);
        assertThat(text(in, "/refresh")).matches("[\\w-]{43}");
        assertThat(text(in, "/seconds")).isEqualTo("2592000");

        Answer refreshed = refresh(small, text(in, "/refresh"));

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(text(refreshed, "/refresh")).matches("[\\w-]{43}").isNotEqualTo(text(in, "/refresh"));
        assertThat(me(small, text(refreshed, "/access"))).isEqualTo(200);
        assertThat(me(small, text(in, "/access"))).isEqualTo(200);
    }

    @Test
    void a_spent_token_gives_the_same_successor_within_the_grace_and_ends_the_session_afterwards() {
        LoginApi small = api.mount(file("", "refresh_token: {}", "refresh_token: {grace: 5s}"));
        Answer in = logIn(small);
        Answer first = refresh(small, text(in, "/refresh"));

        assertThat(text(refresh(small, text(in, "/refresh")), "/refresh")).isEqualTo(text(first, "/refresh"));
        api.clock.advance(Duration.ofSeconds(6));

        assertThat(refusal(refresh(small, text(in, "/refresh")))).isEqualTo("401 reused_refresh_token");
        assertThat(refusal(refresh(small, text(first, "/refresh")))).isEqualTo("401 revoked_refresh_token");
        assertThat(me(small, text(first, "/access"))).isEqualTo(401);
    }

    @Test
    void a_token_ends_when_it_was_not_used_for_long_enough() {
        LoginApi small = api.mount(file("", "refresh_token: {}", "refresh_token: {idle: 2h}"));
        Answer in = logIn(small);
        api.clock.advance(Duration.ofHours(2));

        assertThat(refusal(refresh(small, text(in, "/refresh")))).isEqualTo("401 expired_refresh_token");
    }

    @Test
    void a_signed_token_is_kept_and_is_no_access_token() {
        LoginApi small = api.mount(file("", "refresh_token: {}\n", SIGNED));
        Answer in = logIn(small);
        String token = text(in, "/refresh");
        assertThat(token).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

        Answer refreshed = refresh(small, token);

        assertThat(text(refreshed, "/refresh")).isEqualTo(token);
        assertThat(me(small, text(refreshed, "/access"))).isEqualTo(200);
        assertThat(me(small, token)).isEqualTo(401);
        assertThat(refusal(refresh(small, text(in, "/access")))).isEqualTo("401 invalid_refresh_token");
        api.clock.advance(Duration.ofHours(24));
        assertThat(refresh(small, token).status()).isEqualTo(401);
    }

    @Test
    void random_access_tokens_are_valid_and_expire() {
        LoginApi small = api.mount(file("", """
                  header: {alg: HS256}
                  claims: {sub: "${user.uuid}", jti: "${token.id}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                  lifetime: 1h
                """, "  form: random\n  lifetime: 1h\n"));
        String access = text(logIn(small), "/access");
        assertThat(access).matches("[\\w-]{43}");

        assertThat(me(small, access)).isEqualTo(200);
        assertThat(me(small, access + "x")).isEqualTo(401);
        api.clock.advance(Duration.ofHours(1));
        assertThat(me(small, access)).isEqualTo(401);
    }

    @Test
    void the_token_is_read_from_a_cookie_or_a_header_too() {
        LoginApi small = api.mount(file(
                "",
                "refresh_token_in: [{body: /refresh}]",
                "refresh_token_in: [{cookie: fresh}, {header: X-Refresh}, {body: /refresh}]"));
        String token = text(logIn(small), "/refresh");

        Answer byCookie = small.handle(Request.of("POST", "/refresh").header("Cookie", "a=b; fresh=\"" + token + "\""));
        Answer byHeader = small.handle(Request.of("POST", "/refresh").header("X-Refresh", text(byCookie, "/refresh")));
        Answer byTwo = small.handle(Request.of("POST", "/refresh")
                .header("X-Refresh", text(byHeader, "/refresh"))
                .json("{\"refresh\":\"another\"}"));

        assertThat(List.of(byCookie.status(), byHeader.status())).containsOnly(200);
        assertThat(refusal(byTwo)).isEqualTo("400 conflicting_tokens");
    }

    @Test
    void a_cookie_carries_the_token_both_ways() {
        LoginApi small = api.mount(file(
                "",
                "refresh_token_in: [{body: /refresh}]",
                "refresh_token_in: [{cookie: fresh}]",
                "      body: &tokens\n",
                "      cookies: &jar [{name: fresh, value: \"${refresh_token}\", path: /refresh, max_age: 30d}]\n      body: &tokens\n",
                "      body: *tokens\n",
                "      cookies: *jar\n      body: *tokens\n"));

        String set = logIn(small).headers().first("Set-Cookie").orElseThrow();
        assertThat(set)
                .matches(
                        "fresh=[\\w-]{43}; Path=/refresh; Expires=.*; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict");
        Answer refreshed =
                small.handle(Request.of("POST", "/refresh").header("Cookie", set.substring(0, set.indexOf(';'))));

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.headers().first("Set-Cookie").orElseThrow())
                .startsWith("fresh=")
                .isNotEqualTo(set);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "{} → 401 missing_refresh_token",
                "{\"refresh\":\"\"} → 401 missing_refresh_token",
                "{\"refresh\":7} → 401 missing_refresh_token",
                "{\"refresh\":null} → 401 missing_refresh_token",
                "{\"refresh\":[\"a\"]} → 401 missing_refresh_token",
                "{\"refresh\":\"a b\"} → 401 invalid_refresh_token",
                "{\"refresh\":\"unknown\"} → 401 invalid_refresh_token",
                "{\"refresh\":\"é\\ud800\"} → 401 invalid_refresh_token",
                "[] → 400 unparseable_body",
                "{ → 400 unparseable_body"
            })
    void bad_input_is_refused_by_its_reason(String body, String refusal) {
        LoginApi small = api.mount(file(""));

        assertThat(refusal(small.handle(Request.of("POST", "/refresh").json(body))))
                .isEqualTo(refusal);
    }

    @Test
    void a_request_without_body_has_no_token_and_a_token_may_be_as_long_as_a_body() {
        LoginApi small = api.mount(file(""));

        assertThat(refusal(small.handle(Request.of("POST", "/refresh")))).isEqualTo("401 missing_refresh_token");
        assertThat(refusal(refresh(small, "x".repeat(16_000)))).isEqualTo("401 invalid_refresh_token");
        assertThat(refusal(refresh(small, "x".repeat(17_000)))).isEqualTo("413 body_too_large");
    }

    @Test
    void a_token_of_another_login_api_is_unknown() {
        LoginApi small = api.mount(file(""));
        LoginApi other = api.mount(file(""), "other");

        String token = text(logIn(other), "/refresh");

        assertThat(refusal(refresh(small, token))).isEqualTo("401 invalid_refresh_token");
        assertThat(refresh(other, token).status()).isEqualTo(200);
    }

    @Test
    void an_access_token_is_renewed_and_ends_or_stays_as_the_file_says() {
        String renew = "renew:\n  routes: [POST /renew]\n  answer:\n    body: {access: \"${token}\"}\n";
        LoginApi ends = api.mount(file(renew));
        LoginApi stays = api.mount(file(renew.replace("  answer", "  presented_token: stays\n  answer")));

        String first = text(logIn(ends), "/access");
        Answer second = ends.handle(with(first, "POST", "/renew"));
        assertThat(me(ends, text(second, "/access"))).isEqualTo(200);
        assertThat(me(ends, first)).isEqualTo(401);
        assertThat(refusal(ends.handle(with(first, "POST", "/renew")))).isEqualTo("401 revoked_token");

        String kept = text(logIn(stays), "/access");
        assertThat(stays.handle(with(kept, "POST", "/renew")).status()).isEqualTo(200);
        assertThat(me(stays, kept)).isEqualTo(200);
        assertThat(refusal(stays.handle(Request.of("POST", "/renew")))).isEqualTo("401 missing_token");
    }

    @Test
    void a_refresh_does_not_wait_behind_logins() {
        LoginApi small = api.mount(file(""));

        assertThat(small.plan(Request.of("POST", "/refresh").json("{}").head()))
                .isEqualTo(new Plan(LoginApi.MAX_BODY_BYTES, Plan.Lane.VERIFYING));
    }

    @Test
    void a_dialect_with_such_operations_asks_for_sessions() {
        assertThatThrownBy(() -> api.builder(SessionApi.read(file(""))).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("refresh tokens need stored sessions: call sessions(…)");
        String file = file(
                "logout:\n  routes: [POST /logout]\n  answer: {}\n",
                "refresh_token: {}\nrefresh_token_in: [{body: /refresh}]\n",
                "",
                "        refresh: \"${refresh_token | omit}\"\n",
                "",
                "        seconds: \"${refresh_token.lifetime | omit}\"\n",
                "",
                "  refresh:\n    routes: [POST /refresh]\n    media_types: [application/json]\n    answer:\n      body: *tokens\n",
                "");
        assertThatThrownBy(() -> LoginApi.of(api.builder(SessionApi.read(file)).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operations that need stored sessions (logout)")
                .hasMessageContaining("Auth.builder().sessions(…)");
        assertThat(LoginApi.of(api.builder(SessionApi.read(file("")).withoutSessions())
                                .build())
                        .routes())
                .extracting(Object::toString)
                .containsExactly("POST /login", "GET /me");
    }
}
