package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.replace;
import static dev.countersign.dialect.file.SampleFile.small;
import static dev.countersign.dialect.file.SampleFile.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.OperationRule;
import dev.countersign.session.RefreshRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says about refresh tokens and sessions, and what the checker says about mistakes in it. */
class SessionKeysTest {

    private static final String REFRESH = """
            refresh_token: {}
            refresh_token_in: [{body: /refresh}]
            operations:
              refresh:
                routes: [POST /refresh]
                media_types: [application/json]
                answer:
                  body: {token: "${token}", refresh: "${refresh_token}"}
            """;
    private static final String GIVEN = "body: {token: \"${token}\", refresh: \"${refresh_token}\"}";

    /** The small file with refresh tokens, with parts replaced. */
    private static String refreshing(String... replaced) {
        return replace(small("operations:\n", REFRESH, "body: {token: \"${token}\"}", GIVEN), replaced);
    }

    /** The small file with more operations. */
    private static String with(String operations) {
        return small(
                "  me:\n",
                operations.indent(2) + "  me:\n",
                "claims: {sub: \"${user.uuid}\", exp",
                "claims: {sub: \"${user.uuid}\", jti: \"${token.id}\", exp");
    }

    @Test
    void refresh_tokens_are_random_and_work_once_unless_the_file_says_otherwise() {
        assertThat(SampleFile.read(refreshing()).refresh())
                .contains(RefreshRules.singleUse(Duration.ofDays(30), Duration.ofDays(90)));
        assertThat(warnings(refreshing())).isEmpty();
        assertThat(SampleFile.read(refreshing("refresh_token: {}", "refresh_token: {idle: 120d}"))
                        .refresh()
                        .orElseThrow()
                        .absolute())
                .isEqualTo(Duration.ofDays(120));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "{idle: 0s} → /refresh_token/idle: idle is below a second; a token lasts at least 1s",
                "{idle: 2d, absolute: 1d} → /refresh_token/absolute: a session ends 86400s after its login, before its refresh token does;",
                "{grace: 61s} → /refresh_token/grace: grace is 61s; at most 60s",
                "{rotation: kept, grace: 5s} → /refresh_token/grace: a token that is kept needs no grace; leave it out",
                "{rotation: keep} → /refresh_token/rotation: unknown word keep; there are single_use, kept",
                "{claims: {a: b}} → /refresh_token/claims: a random refresh token has no claims; leave it out, or form: signed",
                "{form: signed} → /refresh_token: the key header is missing; a mapping",
                "{lifetime: 1d} → /refresh_token/lifetime: unknown key lifetime; it is a key of token;",
                "{form: signed, header: {alg: HS512}, claims: {r: 1, sub: `${user.uuid}`, exp: `${token.expires_at | epoch-seconds}`},"
                        + " subject: /sub, match_claims: [/r]} → /refresh_token/header/alg: refresh tokens are signed with HS512, access"
                        + " tokens with HS256; HS256: one key signs both",
                "{form: signed, header: {alg: HS256}, claims: {r: 1, sub: `${user.uuid}`, exp: `${token.expires_at | epoch-seconds}`},"
                        + " subject: /sub} → /refresh_token/match_claims: an access token would be accepted as a refresh token; the"
                        + " pointer of a constant claim that access tokens do not have, such as /type with type: refresh"
            })
    void mistakes_in_the_rules_are_reported_with_their_places(String rules, String problem) {
        assertThat(problems(refreshing("refresh_token: {}", "refresh_token: " + rules.replace('`', '"'))))
                .anyMatch(found -> found.startsWith(problem));
    }

    @Test
    void a_random_access_token_has_neither_header_nor_claims() {
        String random = small(
                "  header: {alg: HS256}\n",
                "  form: random\n",
                "  claims: {sub: \"${user.uuid}\", exp: \"${token.expires_at | epoch-seconds}\"}\n",
                "",
                "  subject: /sub\n",
                "");
        assertThat(SampleFile.read(random).token().isRandom()).isTrue();
        assertThat(problems(replace(random, "  form: random\n", "  form: random\n  skew: 3s\n")))
                .containsExactly("/token/skew: a random token has no skew; leave it out, or form: signed");
    }

    @Test
    void tokens_that_clients_need_are_in_the_answers() {
        assertThat(problems(refreshing(
                        "      body: {token: \"${token}\", refresh: \"${refresh_token}\"}\n  login",
                        "      status: 204\n  login")))
                .containsExactly(
                        "/operations/refresh/answer: the answer contains no token; ${token} in the body, a header or a cookie");
        assertThat(problems(refreshing(", refresh: \"${refresh_token}\"}\n  login", "}\n  login")))
                .containsExactly(
                        "/operations/refresh/answer: the answer contains no refresh token, and the presented one works once;"
                                + " ${refresh_token} in the body, a header or a cookie, or rotation: kept");
        assertThat(problems(refreshing("refresh_token: {}\n", "")))
                .contains(
                        "/operations/refresh: there are no refresh tokens for refresh; refresh_token: {} in the file itself, for"
                                + " random tokens that work once")
                .anyMatch(found ->
                        found.startsWith("/operations/login/answer: ${refresh_token} never has a value here;"));
        assertThat(problems(refreshing("refresh_token_in: [{body: /refresh}]\n", "")))
                .containsExactly(
                        "/operations/refresh: refresh needs a refresh token; add its place under refresh_token_in");
        assertThat(problems(refreshing(
                        "    media_types: [application/json]\n    answer:\n      body: {token: \"${token}\", r",
                        "    answer:\n      body: {token: \"${token}\", r")))
                .anyMatch(found -> found.startsWith(
                        "/operations/refresh: refresh reads its refresh token from a body, but has no media types;"));
    }

    @Test
    void an_operation_has_a_name_of_its_own_if_it_says_its_kind() {
        String file = with(
                "log-out-everywhere:\n  kind: logout\n  ends: all_sessions\n  routes: [POST /out]\n  answer: {status: 204}\n");
        Endpoint endpoint = SampleFile.read(file).endpoints().get(2);

        assertThat(endpoint.name()).isEqualTo("log-out-everywhere");
        assertThat(endpoint.rule())
                .isEqualTo(new OperationRule.LogOut(OperationRule.Ends.ALL_SESSIONS, OperationRule.By.ACCESS_TOKEN));
        assertThat(warnings(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "out: {kind: log_out} → /operations/out/kind: unknown word log_out; did you mean logout?",
                "verify: {kind: logout} → /operations/verify/kind: verify is of the kind logout; a name that is not another kind's",
                "Out: {kind: logout} → /operations/Out: the name Out; lower-case letters, digits, _ and -",
                "out: {} → /operations/out: unknown key out; not an operation of this release; there are login, me,"
            })
    void a_wrong_kind_or_name_is_reported(String operation, String problem) {
        assertThat(problems(with(operation))).anyMatch(found -> found.startsWith(problem));
    }

    @Test
    void several_operations_of_a_kind_have_routes_of_their_own() {
        assertThat(problems(with("a: {kind: me, routes: [GET /me], answer: {}}")))
                .containsExactly(
                        "/operations/me/routes: GET /me is also a route of a; one operation per route; routes differ by method,"
                                + " path or a query parameter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "DELETE /sessions/{session.id} → ",
                "DELETE /a/{session.id}/b?c=d → ",
                "DELETE /sessions/{id} → the path /sessions/{id}; a path parameter of end_session: {session.id}, {user.id}, {user.uuid}; there is no {id}",
                "DELETE /sessions → the path /sessions; one segment {session.id}, such as DELETE /sessions/{session.id}",
                "DELETE /{session.id}/{session.id} → the path /{session.id}/{session.id}; one segment {session.id}, such as"
            })
    void the_path_of_end_session_names_the_session(String route, String problem) {
        String file = with("end_session:\n  routes: [\"" + route + "\"]\n  answer: {status: 204}\n");

        if (problem == null) {
            assertThat(warnings(file)).isEmpty();
        } else {
            assertThat(problems(file))
                    .anyMatch(found -> found.startsWith("/operations/end_session/routes/0: " + problem));
        }
    }

    @Test
    void a_path_parameter_has_no_other_name_for_the_same_requests() {
        assertThat(
                        problems(
                                with(
                                        "end_session:\n  routes: [\"DELETE /{session.id}/a\", \"DELETE /{session.id}/a\"]\n  answer: {}\n")))
                .hasSize(1);
    }

    @Test
    void a_logout_by_refresh_token_ends_its_own_session_only() {
        String logout = """
                  logout:
                    by: either_token
                    ends: all_sessions
                    routes: [POST /out]
                    media_types: [application/json]
                    answer: {status: 204}
                  login:
                """;
        assertThat(problems(refreshing("  login:\n", logout)))
                .containsExactly(
                        "/operations/logout/ends: a refresh token ends its own session only; ends: this_session, or by: access_token");
    }

    @Test
    void a_list_of_sessions_says_the_form_of_one() {
        assertThat(problems(with("sessions: {routes: [GET /s], answer: {body: \"${sessions}\"}}")))
                .containsExactly(
                        "/operations/sessions: the key each is missing; the form of one session, such as {id: \"${session.id}\"}");
        assertThat(
                        problems(
                                with(
                                        "sessions: {routes: [GET /s], each: {at: \"${session.created_at}\"}, answer: {body: \"${sessions}\"}}")))
                .containsExactly(
                        "/operations/sessions/each/at: ${session.created_at}; add a time conversion: epoch-seconds,"
                                + " epoch-millis, iso or date 'pattern'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "rotation: kept → /refresh_token/rotation: a stolen refresh token works until it expires, and its use goes unnoticed;",
                "grace: 0s → /refresh_token/grace: two tabs of a browser that refresh at once log the user out;",
                "idle: 91d → /refresh_token/idle: a stolen refresh token works 91 days after its user has left;",
                "absolute: 366d → /refresh_token/absolute: a session lasts 366 days without a password;"
            })
    void rules_that_are_weaker_than_the_default_are_warned_of(String rule, String warning) {
        assertThat(warnings(refreshing("refresh_token: {}", "refresh_token: {" + rule + "}")))
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "presented_token: stays",
                "ends: all_sessions",
                "by: access_token",
                "each: {}",
                "refresh_token_in: []"
            })
    void a_key_of_another_operation_has_no_effect(String key) {
        String name = key.substring(0, key.indexOf(':'));
        assertThat(warnings(small("    routes: [GET /me]\n", "    routes: [GET /me]\n    " + key + "\n")))
                .containsExactly("/operations/me/" + name + ": " + name + " has no effect on me; leave it out");
    }

    @Test
    void other_weak_choices_are_warned_of() {
        String renew = "renew:\n  presented_token: stays\n  routes: [POST /renew]\n  answer: {body: \"${token}\"}\n";
        assertThat(warnings(with(renew)))
                .singleElement()
                .asString()
                .startsWith("/operations/renew/presented_token: a stolen token can be renewed without a trace");
        assertThat(warnings(small("  lifetime: 1h\n", "  lifetime: 1h\n  revocation: others_by_password_change\n")))
                .singleElement()
                .asString()
                .startsWith("/token/revocation: a stolen token with which the password is changed stays valid;");
        String password =
                "password:\n  routes: [POST /password]\n  media_types: [application/json]\n  fields: {password: {at: /new},"
                        + " current_password: {at: /old}}\n  answer: {status: 204}\n";
        assertThat(warnings(with(password)))
                .singleElement()
                .asString()
                .startsWith(
                        "/operations/password/answer: a password change revokes the token of the request, and this answer has no");
        assertThat(warnings(with(password.replace("status: 204", "body: \"${token}\""))))
                .isEmpty();
        assertThat(problems(with(password.replace(", current_password: {at: /old}", ""))))
                .anyMatch(found -> found.startsWith(
                        "/operations/password/fields: a password can be changed without the current one;"));
    }

    @Test
    void refresh_tokens_that_nothing_uses_and_errors_that_nothing_raises_are_warned_of() {
        assertThat(warnings(small("operations:\n", "refresh_token: {}\noperations:\n")))
                .extracting(found -> found.substring(0, found.indexOf(';')))
                .containsExactly(
                        "/refresh_token: no operation exchanges refresh tokens",
                        "/refresh_token: no login gives a refresh token");
        assertThat(warnings(small(
                        "  missing_token: {}\n",
                        "  missing_token: {}\n  reused_refresh_token: {}\n  no_such_session: {}\n")))
                .extracting(found -> found.substring(0, found.indexOf(';')))
                .containsExactly(
                        "/errors/reused_refresh_token: this dialect never raises reused_refresh_token",
                        "/errors/no_such_session: this dialect never raises no_such_session");
    }
}
