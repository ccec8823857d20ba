package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.replace;
import static dev.countersign.dialect.file.SampleFile.small;
import static dev.countersign.dialect.file.SampleFile.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is legal and probably not meant is a warning. */
class FileWarningsTest {

    private static final String UPDATE = """
              update:
                routes: [PUT /me]
                media_types: [application/json]
                fields:
                  password: {at: /new}
                  current_password: {at: /old}
                answer:
                  body: {id: "${user.id}"}
            """;

    private static String updating(String... replaced) {
        return small("field_errors:", replace(UPDATE, replaced) + "field_errors:");
    }

    @Test
    void a_file_that_says_what_it_means_has_none() throws Exception {
        assertThat(warnings(small())).isEmpty();
        assertThat(warnings(updating())).isEmpty();
        for (String name : List.of("standard", "smarterselect", "analogue", "testpress", "payop")) {
            assertThat(ShippedDialects.source(name).read(Map.of()).warnings())
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void shipped_files_are_warned_of_where_the_old_API_is_weaker_and_nowhere_else() throws Exception {
        assertThat(ShippedDialects.source("realworld").read(Map.of()).warnings())
                .extracting(warning -> warning.at().toString())
                .containsExactly("/token/revocation", "/operations/update/password_change", "/passwords/refuse_common");
        assertThat(ShippedDialects.source("expressa").read(Map.of()).warnings())
                .extracting(warning -> warning.at().toString())
                .containsExactly("/token_in/0");
    }

    @ParameterizedTest
    @CsvSource({"email, 1", "username, 1", "id, 0", "uuid, 0", "'email}\", ver: \"${token.credential', 0"})
    void a_subject_that_another_user_may_have_later_is_warned_of_where_nothing_else_tells(String slot, int warnings)
            throws Exception {
        assertThat(warnings(small("{sub: \"${user.uuid}\"", "{sub: \"${user." + slot + "}\"")))
                .hasSize(warnings)
                .allSatisfy(warning ->
                        assertThat(warning).startsWith("/token/subject: another user may get this name later"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "body: {id: \"${user.id}\"} → body: {token: \"${token}\"}",
                "body: {id: \"${user.id}\"} → headers: {X-Token: \"${token}\"}",
                "body: {id: \"${user.id}\"} → text: token ${token}",
                "body: {id: \"${user.id}\"} → cookies: [{name: a, value: \"${token}\"}]"
            })
    void an_update_of_the_password_that_answers_with_a_token_is_warned_of(String replaced, String by) {
        assertThat(warnings(updating(replaced, by)))
                .containsExactly(
                        "/operations/update/answer: a password change revokes the token of the request; clients"
                                + " must continue with ${token} of this answer");
        String outliving = replace(
                updating(replaced, by),
                "lifetime: 1h",
                "lifetime: 1h\n  revocation: none_tokens_outlive_password_change");
        assertThat(warnings(outliving)).noneMatch(warning -> warning.contains("/operations/update/answer"));
        String withoutPassword = "password: {at: /new}\n      current_password: {at: /old}";
        assertThat(warnings(updating(withoutPassword, "email: {at: /mail}", replaced, by)))
                .noneMatch(warning -> warning.contains("revokes"));
    }

    /** What is replaced, by what, and what is said about it. */
    static Stream<Arguments> weakOrIdle() {
        String body = "body: {token: \"${token}\"}";
        String cookie = "cookies: [{name: a, value: \"${token}\", ";
        String me = "    routes: [GET /me]";
        String login = "    routes: [POST /login]";
        return Stream.of(
                Arguments.of(
                        "lifetime: 1h",
                        "lifetime: 1h\n  revocation: none_tokens_outlive_password_change",
                        "/token/revocation: a stolen token stays valid after"),
                Arguments.of("[{header: ", "[{query: token}, {header: ", "/token_in/0: tokens in the query"),
                Arguments.of(
                        "token_in:",
                        "conflicting_tokens: first\ntoken_in:",
                        "/conflicting_tokens: a second, different token in a request"),
                Arguments.of(
                        body, cookie + "secure: false}]", "cookies/0: a cookie with a token is also sent without TLS"),
                Arguments.of(body, cookie + "http_only: false}]", "cookies/0: scripts can read a cookie with a token"),
                Arguments.of(body, cookie + "same_site: none}]", "cookies/0: requests from other sites carry"),
                Arguments.of(
                        "\nerrors:", "\npasswords: {minimum: 8}\nerrors:", "/passwords: no operation sets a password"),
                Arguments.of(me, me + "\n    report: first", "report has no effect on me"),
                Arguments.of(me, me + "\n    media_types: [application/json]", "media_types has no effect on me"),
                Arguments.of(me, me + "\n    empty_body: accepted", "empty_body has no effect on me"),
                Arguments.of(
                        login,
                        login + "\n    password_change: without_current_password",
                        "password_change has no effect on login"),
                Arguments.of(login, login + "\n    token_in: [{header: X-A}]", "token_in has no effect on login"),
                Arguments.of("[POST /login]", "[GET /login]", "/operations/login/routes: many clients send no body"),
                Arguments.of(
                        "field_errors:",
                        "  keys:\n    routes: [GET /k]\n    answer: {body: \"${keys}\"}\nfield_errors:",
                        "/operations/keys: HS256 tokens have no public keys"),
                Arguments.of(
                        "\nerrors:",
                        "\nsettings: {unused: 1}\nerrors:",
                        "/settings/unused: nothing uses the setting unused"));
    }

    @ParameterizedTest
    @MethodSource("weakOrIdle")
    void what_is_weak_or_has_no_effect_is_warned_of(String replaced, String by, String warning) {
        assertThat(warnings(small(replaced, by))).anyMatch(found -> found.contains(warning));
    }

    @Test
    void weak_passwords_are_warned_of() {
        String weak = replace(updating(), "\nerrors:", "\npasswords: {minimum: 7, refuse_common: false}\nerrors:");
        assertThat(warnings(weak))
                .containsExactly(
                        "/passwords/refuse_common: common passwords are accepted; true, unless the old API works this way",
                        "/passwords/minimum: passwords of 7 characters are accepted; 8 or more, unless the old API works this way");
        assertThat(warnings(updating(
                        "current_password: {at: /old}",
                        "email: {at: /mail}",
                        "    routes: [PUT /me]",
                        "    routes: [PUT /me]\n    password_change: without_current_password")))
                .containsExactly(
                        "/operations/update/password_change: a stolen token is enough to change the password; the field"
                                + " current_password, unless the old API works this way");
    }

    @ParameterizedTest
    @CsvSource({
        "taken",
        "too_short",
        "too_long",
        "too_many_bytes",
        "too_common",
        "like_identifier",
        "wrong",
        "malformed"
    })
    void a_message_for_a_flaw_that_cannot_occur_is_warned_of(String flaw) {
        String absent = "absent: is missing";
        boolean needed = flaw.equals("malformed");
        assertThat(warnings(small(absent, absent + "\n    " + flaw + ": x")))
                .hasSize(needed ? 0 : 1)
                .allMatch(found -> found.equals(
                        "/field_errors/messages/" + flaw + ": no field can be " + flaw + "; leave it out"));
        assertThat(warnings(small("absent: is missing", "absent: is missing\n  codes: {" + flaw + ": x}")))
                .anyMatch(found -> needed || found.startsWith("/field_errors/codes/" + flaw + ": no field can be"));
        assertThat(warnings(small("{at: /password}", "{at: /password, messages: {" + flaw + ": x}}")))
                .hasSize(needed ? 0 : 1);
    }

    @Test
    void a_message_that_nobody_sees_is_warned_of() {
        assertThat(warnings(small("fields: \"${fields}\"", "a: b")))
                .containsExactly(
                        "/field_errors/messages: no error shows ${field.message}; leave it out, or show ${fields} or"
                                + " ${field.message}");
        assertThat(warnings(small("absent: is missing", "absent: is missing\n  codes: {absent: E1}")))
                .containsExactly("/field_errors/codes: no error shows ${field.code}; leave it out, or show ${fields} or"
                        + " ${field.code}");
        assertThat(warnings(small("missing_token: {}", "missing_token: {message: Log in first.}")))
                .containsExactly(
                        "/errors/missing_token/message: no error shows this message; ${error.message} in the body, or no"
                                + " message");
    }

    @Test
    void an_attribute_that_nothing_shows_is_warned_of() {
        String stored = "current_password: {at: /old}\n      attributes.boat.name: {at: /boat}";
        assertThat(warnings(updating("current_password: {at: /old}", stored)))
                .containsExactly("/operations/update/fields/attributes.boat.name: no answer and no claim shows"
                        + " user.attributes.boat.name; show it, or leave it out unless the application reads it");
        for (String slot : List.of(
                "user.attributes",
                "user.attributes.boat",
                "user.attributes.boat.name",
                "user.attributes.boat.name.x")) {
            assertThat(warnings(
                            updating("current_password: {at: /old}", stored, "\"${user.id}\"", "\"${" + slot + "}\"")))
                    .as(slot)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "missing_header,required_headers of an operation raise it",
        "wrong_constant,constants of an operation raise it",
        "duplicate_identifier,register and update raise it"
    })
    void an_error_that_nothing_raises_here_is_warned_of(String reason, String right) {
        assertThat(warnings(small("fault: {}", "fault: {}\n  " + reason + ": {}")))
                .containsExactly("/errors/" + reason + ": this dialect never raises " + reason + "; " + right);
    }

    @Test
    void an_error_with_a_slot_that_it_has_no_value_for_is_warned_of() {
        assertThat(warnings(small("missing_token: {}", "missing_token: {text: \"${error.allow}\"}")))
                .containsExactly("/errors/missing_token: ${error.allow} has no value for missing_token; leave it out;"
                        + " method_not_allowed has one");
        assertThat(warnings(small("bad_request: {}", "bad_request: {text: \"${error.allow}\"}")))
                .isEmpty();
    }

    @Test
    void a_limit_of_what_has_none_and_a_limit_in_bytes_are_warned_of() {
        String messages = "absent: is missing ${field.limit}\n    too_long: at most ${field.limit} characters";
        assertThat(warnings(replace(updating(), "absent: is missing", messages)))
                .containsExactly(
                        "/field_errors/messages/absent: absent has no limit; leave ${field.limit} out",
                        "/field_errors/messages/too_long: this message is also used for a short password with too many"
                                + " bytes; too_many_bytes: with ${field.limit} as the number of bytes");
    }

    @Test
    void answers_to_too_many_logins_are_no_warning() throws Exception {
        String file = small("fault: {}", "fault: {}\n  throttled: {}\n  account_locked: {}");
        DialectFile read = DialectSource.parse("sample.yaml", file).read(Map.of());
        assertThat(read.warnings()).isEmpty();
    }
}
