package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.small;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and values of headers, cookies, media types and places of tokens are what HTTP lets them be. */
class HttpPartsTest {

    private static final String LOGIN_ANSWER = "body: {token: \"${token}\"}";

    private static String loginWith(String key) {
        return small("media_types: [application/json]", "media_types: [application/json]\n    " + key);
    }

    private static String answering(String key) {
        return small(LOGIN_ANSWER, LOGIN_ANSWER + "\n      " + key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "['?apikey'] → '?apikey' is not a header's name; letters, digits and hyphens; a query parameter is part of a route",
                "['X Key'] → 'X Key' is not a header's name",
                "['X-Schlüssel'] → is not a header's name",
                "[': x'] → '' is not a header's name",
                "[''] → '' is not a header's name",
                "[Content-Length] → only controls the connection",
                "['X-A: é'] → printable ASCII in one line",
                "[\"X-A: 1\\n2\"] → printable ASCII in one line",
                "[X-A, 'x-a: 1'] → x-a appears twice",
                "[7] → this is a number; a text",
                "[{X-A: b}] → this is a mapping; a text",
                "X-A → required_headers is X-A; a list"
            })
    void a_required_header_has_a_name_and_a_value_that_a_request_can_have(String headers, String problem) {
        assertThat(problems(loginWith("required_headers: " + headers)))
                .singleElement()
                .asString()
                .startsWith("/operations/login/required_headers")
                .contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "transfer-encoding: chunked",
                "Connection: close",
                "Keep-Alive: x",
                "Upgrade: h2c",
                "TE: trailers",
                "Trailer: X-A",
                "Proxy-Connection: x",
                "Content-Encoding: gzip"
            })
    void the_framing_of_an_answer_is_not_the_files(String header) {
        String name = header.substring(0, header.indexOf(':'));
        for (String file : new String[] {
            answering("headers: {" + header + "}"),
            small("X-All: all", header),
            small("missing_token: {}", "missing_token: {headers: {" + header + "}}"),
            small("answers:", "answers:\n  authenticated_headers: {" + header + "}")
        }) {
            assertThat(problems(file))
                    .singleElement()
                    .asString()
                    .endsWith(name + ": " + name + " is set by the server itself; leave it out");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "\"X-A\": \"a\\r\\nSet-Cookie: b\" → line breaks or non-ASCII letters",
                "\"X-A\": \"\\u0000\" → line breaks or non-ASCII letters",
                "X-A: é → line breaks or non-ASCII letters",
                "X-A: \"${user.attributes.a | default 'é'}\" → line breaks or non-ASCII letters",
                "\"X A\": a → this is not a header's name",
                "\"X-A:\": a → this is not a header's name",
                "\"\": a → this is not a header's name",
                "X-A: [a] → this is a list; a text",
                "Content-Type: text/html → Content-Type has a key of its own; write it under content_type"
            })
    void a_header_that_cannot_be_sent_is_refused(String header, String problem) {
        assertThat(problems(answering("headers: {" + header + "}")))
                .isNotEmpty()
                .allMatch(found -> found.startsWith("/operations/login/answer/headers/"))
                .anyMatch(found -> found.contains(problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "application/",
                "application json",
                "application/json; charset",
                "\"application/json\\n\"",
                "application/json; charset=latin1",
                "application/json; charset=utf-16; v=1",
                "application/${x}",
                "''"
            })
    void a_content_type_is_a_media_type_in_UTF_8(String type) {
        assertThat(problems(answering("content_type: " + type)))
                .singleElement()
                .asString()
                .startsWith("/operations/login/answer/content_type: ");
        assertThat(problems(small("answers:", "answers:\n  content_type: " + type)))
                .hasSize(1);
        assertThat(problems(small(
                        "missing_token: {}", "missing_token: {content_type: \"" + type.replace("\"", "") + "\"}")))
                .hasSizeLessThan(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "name: 'a b', value: x → name: this is not a cookie's name",
                "name: '', value: x → name: this is not a cookie's name",
                "name: a;b, value: x → name: this is not a cookie's name",
                "name: a, value: x, path: v3 → path: path is 'v3'; a path such as /v3",
                "name: a, value: x, path: '/;a' → path: path is '/;a'",
                "name: a, value: x, path: '/é' → path: path is '/é'",
                "name: a, value: x, domain: 'https://example.com' → domain: domain is 'https://example.com'; a domain",
                "name: a, value: x, domain: 'example.com:80' → domain: domain is",
                "name: a, value: x, domain: 'a;b' → domain: domain is 'a;b'",
                "name: a, value: x, domain: '' → domain: domain is ''",
                "name: a, value: x, max_age: 24856d → max_age: max_age is 24856d; at most 24855d",
                "name: __Host-a, value: x, path: /v3 → name: browsers drop this __Host- cookie",
                "name: __Host-a, value: x, domain: a.example → name: browsers drop this __Host- cookie",
                "name: __Secure-a, value: x, secure: false → name: browsers drop this __Secure- cookie",
                "name: a, value: '${user.attributes}' → value: ${user.attributes} has no text form"
            })
    void a_cookie_that_browsers_drop_or_that_cannot_be_sent_is_refused(String cookie, String problem) {
        assertThat(problems(answering("cookies: [{" + cookie + "}]")))
                .singleElement()
                .asString()
                .startsWith("/operations/login/answer/cookies/0/" + problem);
    }

    @Test
    void a_cookie_may_have_all_that_RFC_6265_has() {
        assertThat(problems(answering("cookies: [{name: __Host-a, value: \"${token}\", max_age: 3650d},"
                        + " {name: b, value: x, domain: .example.com, path: /v3/a_b, same_site: lax}]")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "{header: 'a b'} → header: 'a b' is not a header's name",
                "{header: Content-Length} → header: Content-Length only controls",
                "{header: X-A, scheme: 'My Scheme'} → scheme: scheme is 'My Scheme'; one word",
                "{header: X-A, scheme: ''} → scheme: scheme is ''",
                "{header: X-A, scheme: T, parameter: 'a b'} → parameter: parameter is 'a b'",
                "{header: X-A, parameter: a} → parameter: parameter needs a scheme",
                "{header: X-A, scheme_case: exact} → scheme_case: scheme_case needs a scheme",
                "{header: X-A, scheme_optional: true} → scheme_optional: scheme_optional needs a scheme",
                "{query: ''} → query: a query parameter without a name",
                "{cookie: 'a;b'} → cookie: cookie is 'a;b'",
                "{body: ''} → body: the whole body cannot be a token"
            })
    void a_place_of_a_token_is_one_that_a_request_can_have(String place, String problem) {
        assertThat(problems(small("[{header: Authorization, scheme: Bearer}]", "[" + place + "]")))
                .anyMatch(found -> found.startsWith("/token_in/0/" + problem));
    }

    @Test
    void a_variant_is_asked_for_by_a_header_that_a_request_can_have() {
        String variant =
                "error_variants: [{header: '?v', value: \"a\\nb\", errors: {bad_credentials: {}, missing_token: {},"
                        + " bad_request: {}, fault: {}}}]\n";
        assertThat(problems(small() + variant))
                .hasSize(2)
                .anyMatch(found -> found.startsWith("/error_variants/0/header: '?v' is not a header's name"))
                .anyMatch(found -> found.startsWith("/error_variants/0/value: the header's value has line breaks"));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void an_answer_that_has_no_body_in_HTTP_has_none_in_the_file(int status) {
        assertThat(problems(small("missing_token: {}", "missing_token: {status: " + status + "}")))
                .anyMatch(found ->
                        found.startsWith("/errors/missing_token: an answer of status " + status + " has no body"));
        assertThat(problems(small("missing_token: {}", "missing_token: {status: " + status + ", body: null}")))
                .isEmpty();
        if (status < 300) {
            assertThat(problems(small(LOGIN_ANSWER, LOGIN_ANSWER + "\n      status: " + status)))
                    .singleElement()
                    .asString()
                    .startsWith("/operations/login/answer/status: an answer of status " + status + " has no body");
        }
    }

    @Test
    void a_body_that_is_read_has_a_media_type_that_holds_it() {
        assertThat(problems(small("    media_types: [application/json]\n", "")))
                .containsExactly(
                        "/operations/login: login reads a body, but has no media types; media_types: [application/json]");
        assertThat(problems(small("[application/json]", "[]")))
                .containsExactly(
                        "/operations/login/media_types: the list of media types is empty; such as [application/json]");
        assertThat(problems(small("[{header: Authorization, scheme: Bearer}]", "[{body: /token}]")))
                .containsExactly(
                        "/operations/me: me reads its token from a body, but has no media types; media_types: [application/json],"
                                + " or another place under token_in");
        String form = "media_types: [application/x-www-form-urlencoded]\n    constants: {/v: 1}";
        assertThat(problems(small("media_types: [application/json]", form)))
                .containsExactly(
                        "/operations/login/constants/~1v: the constant 1 is not a text, and forms hold only texts; a text in quotes,"
                                + " or the media type application/json");
    }

    @Test
    void pointers_are_places_in_the_body() {
        assertThat(problems(loginWith("constants: {/a~x: 1, '': 2, b: 3}")))
                .hasSize(3)
                .anyMatch(found ->
                        found.startsWith("/operations/login/constants/~1a~0x: /a~x; in a JSON pointer a tilde"))
                .anyMatch(found -> found.contains("the whole body cannot be a constant"))
                .anyMatch(found -> found.contains("b; a JSON pointer starts with a slash, such as /b"));
        assertThat(problems(small("at: /email", "at: ''")))
                .containsExactly(
                        "/operations/login/fields/identifier/at: the whole body cannot be a field; the pointer of a field, such as"
                                + " /email");
    }

    @Test
    void a_login_hands_out_a_token() {
        assertThat(problems(small(LOGIN_ANSWER, "body: {id: \"${user.id}\"}")))
                .containsExactly(
                        "/operations/login/answer: the answer contains no token; ${token} in the body, a header or a cookie");
    }
}
