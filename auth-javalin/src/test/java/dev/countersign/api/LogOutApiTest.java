package dev.countersign.api;

import static dev.countersign.api.SessionApi.OPERATIONS;
import static dev.countersign.api.SessionApi.file;
import static dev.countersign.api.SessionApi.logIn;
import static dev.countersign.api.SessionApi.me;
import static dev.countersign.api.SessionApi.refresh;
import static dev.countersign.api.SessionApi.refusal;
import static dev.countersign.api.SessionApi.text;
import static dev.countersign.api.SessionApi.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logout of one session, of all and of the others, and the list of sessions, as dialect files describe them. */
class LogOutApiTest {

    private final SessionApi stores = new SessionApi();
    private final LoginApi api = stores.mount(file(OPERATIONS));

    @AfterEach
    void close() {
        stores.close();
    }

    private Answer post(String access, String target) {
        return api.handle(with(access, "POST", target));
    }

    private static Request json(String target, String body) {
        return Request.of("POST", target).json(body);
    }

    @Test
    void a_logout_ends_the_session_of_its_token_and_no_other() {
        Answer one = logIn(api);
        Answer other = logIn(api);
        Answer further = refresh(api, text(one, "/refresh"));

        assertThat(post(text(one, "/access"), "/logout?scope=local").status()).isEqualTo(204);

        assertThat(refusal(api.handle(with(text(one, "/access"), "GET", "/me"))))
                .isEqualTo("401 revoked_token");
        assertThat(me(api, text(further, "/access"))).isEqualTo(401);
        assertThat(refusal(refresh(api, text(further, "/refresh")))).isEqualTo("401 revoked_refresh_token");
        assertThat(me(api, text(other, "/access"))).isEqualTo(200);
        assertThat(refusal(post(text(one, "/access"), "/logout?scope=local"))).isEqualTo("401 revoked_token");
    }

    @Test
    void logouts_of_all_and_of_others_have_routes_of_their_own() {
        List<Answer> sessions = List.of(logIn(api), logIn(api), logIn(api));

        assertThat(post(text(sessions.get(0), "/access"), "/logout?scope=others")
                        .status())
                .isEqualTo(204);
        assertThat(sessions.stream().map(one -> me(api, text(one, "/access")))).containsExactly(200, 401, 401);

        Answer all = post(text(sessions.get(0), "/access"), "/logout");
        assertThat(text(all, "/ended")).isEqualTo("all");
        assertThat(me(api, text(sessions.get(0), "/access"))).isEqualTo(401);
        assertThat(refresh(api, text(sessions.get(0), "/refresh")).status()).isEqualTo(401);
    }

    @Test
    void a_logout_by_refresh_token_needs_no_access_token_and_removes_the_cookie() {
        Answer in = logIn(api);

        Answer forgotten = api.handle(json("/forget", "{\"refresh\":\"" + text(in, "/refresh") + "\"}"));

        assertThat(forgotten.status()).isEqualTo(204);
        assertThat(forgotten.headers().all("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .startsWith("fresh=; Path=/refresh; Expires=")
                        .contains("Max-Age=0"));
        assertThat(me(api, text(in, "/access"))).isEqualTo(401);
        // RFC 7009 §2.2: it is useless, as the client wanted it.
        assertThat(api.handle(json("/forget", "{\"refresh\":\"unknown\"}")).status())
                .isEqualTo(204);
        assertThat(refusal(api.handle(json("/forget", "{}")))).isEqualTo("401 missing_refresh_token");
    }

    @Test
    void a_logout_by_either_token_takes_what_there_is() {
        Answer byAccess = logIn(api);
        Answer byRefresh = logIn(api);
        Answer byBoth = logIn(api);

        assertThat(post(text(byAccess, "/access"), "/leave").status()).isEqualTo(204);
        assertThat(api.handle(json("/leave", "{\"refresh\":\"" + text(byRefresh, "/refresh") + "\"}"))
                        .status())
                .isEqualTo(204);
        assertThat(api.handle(with(text(byAccess, "/access"), "POST", "/leave")
                                .json("{\"refresh\":\"" + text(byBoth, "/refresh") + "\"}"))
                        .status())
                .isEqualTo(204);

        assertThat(List.of(byAccess, byRefresh, byBoth)).allMatch(one -> me(api, text(one, "/access")) == 401);
        assertThat(refusal(api.handle(json("/leave", "{}")))).isEqualTo("401 missing_token");
        assertThat(refusal(post(text(byAccess, "/access"), "/leave"))).isEqualTo("401 revoked_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refresh_token: {}",
                "refresh_token: {rotation: kept}",
                "refresh_token: {form: signed, header: {alg: HS256}, claims: {use: refresh, id: \"${user.id}\", jti: \"${token.id}\","
                        + " exp: \"${token.expires_at | epoch-seconds}\"}, subject: /id, match_claims: [/use]}"
            })
    void tokens_of_every_form_end_together(String refreshTokens) {
        String signed = file(OPERATIONS, "refresh_token: {}", refreshTokens);
        String random = signed.replace("""
                  header: {alg: HS256}
                  claims: {sub: "${user.uuid}", jti: "${token.id}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                """, "  form: random\n");
        assertThat(random).isNotEqualTo(signed);
        for (String text : List.of(signed, random)) {
            LoginApi forms = stores.mount(text);
            Answer byAccess = logIn(forms);
            Answer byRefresh = refresh(forms, text(logIn(forms), "/refresh"));
            assertThat(me(forms, text(byRefresh, "/access"))).isEqualTo(200);

            assertThat(forms.handle(with(text(byAccess, "/access"), "POST", "/logout?scope=local"))
                            .status())
                    .isEqualTo(204);
            assertThat(forms.handle(json("/forget", "{\"refresh\":\"" + text(byRefresh, "/refresh") + "\"}"))
                            .status())
                    .isEqualTo(204);

            for (Answer ended : List.of(byAccess, byRefresh)) {
                assertThat(me(forms, text(ended, "/access"))).isEqualTo(401);
                assertThat(refusal(refresh(forms, text(ended, "/refresh")))).isEqualTo("401 revoked_refresh_token");
            }
        }
    }

    @Test
    void sessions_are_listed_with_the_current_one_marked() {
        logIn(api);
        stores.clock.advance(Duration.ofSeconds(5));
        Answer current = logIn(api);

        Answer list = api.handle(with(text(current, "/access"), "GET", "/sessions"));

        assertThat(text(list, "/sessions/0/current")).isEqualTo("true");
        assertThat(text(list, "/sessions/1/current")).isEqualTo("false");
        assertThat(text(list, "/sessions/0/client")).isEqualTo("Falcon/1.0");
        assertThat(text(list, "/sessions/0/id")).hasSize(36);
        assertThat(Long.parseLong(text(list, "/sessions/0/created")))
                .isEqualTo(Long.parseLong(text(list, "/sessions/1/created")) + 5);
        assertThat(text(list, "/sessions/0/expires")).isEqualTo("2026-03-31T12:00:05Z");
        assertThat(text(list, "/sessions/2/id")).isEmpty();
    }

    @Test
    void one_session_of_ones_own_is_ended_by_its_id() {
        Answer one = logIn(api);
        Answer current = logIn(api);
        String access = text(current, "/access");
        Answer list = api.handle(with(access, "GET", "/sessions"));
        String id = text(list, text(list, "/sessions/0/current").equals("true") ? "/sessions/1/id" : "/sessions/0/id");

        assertThat(api.handle(with(access, "DELETE", "/sessions/" + id)).status())
                .isEqualTo(204);

        assertThat(me(api, text(one, "/access"))).isEqualTo(401);
        assertThat(me(api, access)).isEqualTo(200);
        assertThat(refusal(api.handle(with(access, "DELETE", "/sessions/" + id))))
                .isEqualTo("404 no_such_session");
        assertThat(refusal(api.handle(Request.of("DELETE", "/sessions/" + id)))).isEqualTo("401 missing_token");
        assertThat(refusal(api.handle(with(access, "GET", "/sessions/" + id)))).isEqualTo("405 method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%31", "0b5d9e30-5b1c-4f7a-9d5e-3f3d2c1b0a99", "0b5d9e305b1c4f7a9d5e3f3d2c1b0a99"})
    void a_session_that_is_not_there_is_not_found(String id) {
        assertThat(refusal(api.handle(with(text(logIn(api), "/access"), "DELETE", "/sessions/" + id))))
                .isEqualTo("404 no_such_session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions/", "/sessions/a/b", "/sessions/a/"})
    void a_path_parameter_is_one_segment(String path) {
        assertThat(refusal(api.handle(with(text(logIn(api), "/access"), "DELETE", path))))
                .isEqualTo("404 not_found");
    }

    @Test
    void the_session_of_another_user_is_not_found() {
        Answer mine = logIn(api);
        Answer theirs = api.handle(
                json("/login", "{\"email\":\"leia@alderaan.example\",\"password\":\"only hope of the rebels\"}"));
        String own = text(api.handle(with(text(mine, "/access"), "GET", "/sessions")), "/sessions/0/id");

        assertThat(refusal(api.handle(with(text(theirs, "/access"), "DELETE", "/sessions/" + own))))
                .isEqualTo("404 no_such_session");
        assertThat(me(api, text(mine, "/access"))).isEqualTo(200);
    }
}
