package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.small;
import static dev.countersign.dialect.file.SampleFile.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys of an operation have an effect, and what a file with several operations should have. */
class OperationWarningsTest {

    private static final String CLAIMS = "claims: {sub: \"${user.uuid}\", exp";
    private static final String LOGOUT = "  logout: {routes: [POST /logout], answer: {status: 204}}\n";
    private static final String SESSIONS =
            "  sessions: {routes: [GET /s], each: {id: \"${session.id}\"}, answer: {body: \"${sessions}\"}}\n";
    private static final String SAME_TOKEN =
            "/token/claims: two logins of a user within a second get the same token, and end together;"
                    + " jti: \"${token.id}\", unless clients depend on the claims";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LOGOUT,
                SESSIONS + "  end_session: {routes: [\"DELETE /s/{session.id}\"], answer: {status: 204}}\n"
            })
    void tokens_that_can_be_equal_are_warned_of_where_one_login_can_be_ended(String operations) {
        assertThat(warnings(with(operations))).containsExactly(SAME_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"jti,token.id", "sid,session.id"})
    void tokens_with_an_id_are_never_equal(String claim, String slot) {
        assertThat(warnings(with(LOGOUT).replace(CLAIMS, CLAIMS.replace("exp", claim + ": \"${" + slot + "}\", exp"))))
                .isEmpty();
    }

    @Test
    void another_claim_does_not_make_tokens_differ() {
        assertThat(warnings(with(LOGOUT).replace(CLAIMS, CLAIMS.replace("exp", "name: \"${user.username}\", exp"))))
                .containsExactly(SAME_TOKEN);
    }

    @Test
    void random_tokens_are_never_equal() {
        String random = small("""
                  header: {alg: HS256}
                  claims: {sub: "${user.uuid}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                """, "  form: random\n", "  me:\n", LOGOUT + "  me:\n");
        assertThat(warnings(random)).isEmpty();
    }

    @Test
    void where_sessions_are_only_listed_equal_tokens_do_no_harm() {
        assertThat(warnings(with(SESSIONS))).isEmpty();
    }

    @Test
    void a_registration_sets_a_password_and_changes_none() {
        String register = """
                  register:
                    routes: [POST /register]
                    media_types: [application/json]
                    password_change: without_current_password
                    fields: {email: {at: /email}, password: {at: /password}}
                    answer: {status: 201}
                """;
        assertThat(warnings(with(register)))
                .contains(
                        "/operations/register/password_change: password_change has no effect on register; leave it out");
    }

    @Test
    void media_types_have_an_effect_where_the_token_is_in_the_body() {
        String me = "    routes: [POST /me]\n    media_types: [application/json]\n";
        assertThat(warnings(small("    routes: [GET /me]\n", me)))
                .containsExactly("/operations/me/media_types: media_types has no effect on me; leave it out");
        assertThat(warnings(small("    routes: [GET /me]\n", me + "    token_in: [{body: /token}]\n")))
                .noneMatch(found -> found.startsWith("/operations/me/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  headers: {X-All: all}\n  authenticated_headers: {X-Boat: \"${user.attributes.boat}\"}",
                "  headers: {X-All: all}\n  authenticated_headers: {X-A: a, X-Boat: \"${user.attributes.boat}\"}"
            })
    void an_attribute_in_the_headers_of_authenticated_answers_is_shown(String headers) {
        String update = """
                  update:
                    routes: [PUT /me]
                    media_types: [application/json]
                    fields: {attributes.boat: {at: /boat}}
                    answer: {status: 204}
                """;
        assertThat(warnings(with(update)))
                .containsExactly("/operations/update/fields/attributes.boat: no answer and no claim shows"
                        + " user.attributes.boat; show it, or leave it out unless the application reads it");
        assertThat(warnings(with(update).replace("  headers: {X-All: all}", headers)))
                .isEmpty();
    }

    @Test
    void only_the_refresh_token_in_the_answer_of_a_login_is_given_by_a_login() {
        String refresh = """
                  refresh:
                    routes: [POST /refresh]
                    media_types: [application/json]
                    answer:
                      body: {token: "${token}", refresh: "${refresh_token}"}
                """;
        String file = small(
                "operations:\n", "refresh_token: {}\nrefresh_token_in: [{body: /refresh}]\noperations:\n" + refresh);
        assertThat(warnings(file))
                .containsExactly(
                        "/refresh_token: no login gives a refresh token; ${refresh_token} in the answer of login");
        assertThat(warnings(file.replace(
                        "      body: {token: \"${token}\"}",
                        "      body: {token: \"${token}\", refresh: \"${refresh_token}\"}")))
                .noneMatch(found -> found.startsWith("/refresh_token"));
    }

    private static String with(String operations) {
        return small("  me:\n", operations + "  me:\n");
    }
}
