package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.small;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which routes a file may have: those that can be mounted, and asked by a client. */
class RouteReaderTest {

    private static String with(String route) {
        return small("[POST /login]", "['" + route.replace("'", "''") + "']");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /users/:id",
                "POST /:",
                "POST /users/{id}",
                "POST /users/{id}/login",
                "POST /users/<id>",
                "POST /a-{id}",
                "POST /users/*",
                "POST /users*",
                "POST /*"
            })
    void a_path_parameter_is_refused_with_its_name(String route) {
        assertThat(problems(with(route)))
                .singleElement()
                .asString()
                .startsWith("/operations/login/routes/0: the path " + route.substring(5))
                .contains("exact paths only: login has no path parameters, and ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/users/{id}", "/users/{session.id}", "/users/:user.id", "/users/{user.email}", "/u-{user.id}"})
    void a_path_parameter_that_an_operation_does_not_have_is_refused_with_those_it_has(String path) {
        assertThat(problems(small("GET /me", "'GET " + path + "'")))
                .singleElement()
                .asString()
                .startsWith("/operations/me/routes/0: the path " + path)
                .contains("a path parameter of me: {user.id}, {user.uuid}; there is no ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "POST /a//b → a single slash between names",
                "POST //a → a single slash between names",
                "POST /a/../b → clients never send ..",
                "POST /./a → clients never send .",
                "POST /a/.. → clients never send ..",
                "POST /a%2Fb → the characters themselves",
                "POST /%6de → the characters themselves",
                "POST /a% → the characters themselves",
                "POST /a;v=1 → no ; and no #",
                "POST /a#b → no ; and no #",
                "POST /a b → only ASCII letters, digits",
                "POST /zoë → only ASCII letters, digits",
                "POST /a|b → only ASCII letters, digits",
                "POST /[a] → only ASCII letters, digits",
                "POST /a^ → only ASCII letters, digits",
                "POST login → a method and a path",
                "POST → a method and a path",
                "post /login → the method in capitals: POST",
                "FETCH /login → a method and a path",
                "OPTIONS /login → a method and a path",
                "POST /login? → a query parameter with its value",
                "POST /login?a → a query parameter with its value",
                "POST /login?a=1&a=2 → each query parameter once",
                "POST /login?a=b+c → a decoded value",
                "POST /login?a=b%20c → a decoded value",
                "POST /login?a=b#c → a decoded value"
            })
    void a_route_that_no_request_can_have_is_refused(String route, String right) {
        assertThat(problems(with(route)))
                .singleElement()
                .asString()
                .startsWith("/operations/login/routes/0: ")
                .contains(right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/accounts:signInWithPassword",
                "POST /v1/a:b:c",
                "POST /auth/token/",
                "POST /",
                "POST /a.b/~c/d-e_f/!$&'()+,=@",
                "POST /login?grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer",
                "POST /login?a=&b=x=y"
            })
    void what_a_client_can_send_is_a_route(String route) {
        assertThat(SampleFile.read(with(route)).endpoints().get(0).routes())
                .singleElement()
                .hasToString(route);
    }

    @Test
    void a_route_behind_one_that_takes_its_requests_is_refused() {
        assertThat(problems(small("[GET /me]", "[GET /me, GET /me?full=true]")))
                .containsExactly(
                        "/operations/me/routes: GET /me?full=true is never reached: GET /me of me takes its requests; one"
                                + " operation per route; routes differ by method, path or a query parameter");
        assertThat(problems(small("[GET /me]", "[GET /me?a=1&b=2, GET /me?b=2&a=1]")))
                .singleElement()
                .asString()
                .contains("GET /me?b=2&a=1 is also a route of me");
        assertThat(problems(small("[GET /me]", "[GET /me?full=true, GET /me]"))).isEmpty();
        assertThat(problems(small("[GET /me]", "[POST /login]")))
                .singleElement()
                .asString()
                .contains("POST /login is also a route of login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[7]", "[{a: b}]", "POST /login", "null"})
    void routes_are_a_list_of_texts(String routes) {
        assertThat(problems(small("[POST /login]", routes)))
                .isNotEmpty()
                .allMatch(problem -> problem.contains("route"));
    }
}
