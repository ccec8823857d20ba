package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp.Parts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter in a plain Jetty: on the container's threads, and with a lane of its own. */
class LoginFilterTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int LENGTH = 600_000;

    private final Parts parts = new Parts();
    private final Dialect dialect = ShippedDialects.dialect("realworld");
    private final LoginApi api = parts.mount(dialect);
    private final Asked asked = new Asked(dialect);
    private PlainJetty server = null;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(boolean lane, LoginApi... apis) {
        LoginFilter filter = LoginFilter.of(apis);
        server = PlainJetty.start("/", lane ? filter.hashingOn(Runnable::run) : filter);
    }

    private RawAnswer send(RawRequest request) {
        return request.sendTo(server.port());
    }

    @Test
    void paths_are_those_below_the_context_path() {
        server = PlainJetty.start("/shop", LoginFilter.of(api));

        RawRequest login = RawRequest.post("/shop/api/users/login")
                .json(asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD)));
        assertThat(send(login).status()).isEqualTo(200);
        assertThat(send(asked.goodLogin()).body()).doesNotContain("token");
        assertThat(send(RawRequest.post("/%73hop/api/users/login").json("{}")).body())
                .startsWith("own POST /%73hop/api/users/login");
    }

    @Test
    void other_paths_are_the_applications() {
        start(false, api);

        for (String path : List.of("/", "/api", "/api/users/login/", "/api/users/login;x=y", "/API/users/login")) {
            assertThat(send(RawRequest.post(path).json("{\"a\":1}")).body())
                    .as(path)
                    .isEqualTo("own POST " + path + " nobody null null {\"a\":1}");
        }
    }

    @Test
    void everything_below_a_prefix_is_the_dialects() {
        start(false, api.under("/v1"));

        OwnAnswer.check(send(RawRequest.get("/v1/nowhere")), dialect, "nowhere", Reason.NOT_FOUND);
        assertThat(send(RawRequest.get("/v1x")).body()).startsWith("own GET /v1x");
        assertThat(send(RawRequest.get("/api/user")).body()).startsWith("own GET /api/user");
        OwnAnswer.check(send(RawRequest.get("/v1/api/user")), dialect, "me", Reason.MISSING_TOKEN);
    }

    @Test
    void a_head_is_answered_like_a_get_without_the_body() {
        start(false, api);
        String token = asked.scheme() + Asked.token(send(asked.goodLogin()));

        RawAnswer get = send(asked.me(token));
        RawAnswer head = send(RawRequest.of("HEAD", asked.mePath()).header("Authorization", token));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void another_method_is_told_which_ones_there_are(boolean lane) {
        start(lane, api);

        RawAnswer answer = send(RawRequest.of("PATCH", asked.mePath()));
        OwnAnswer.check(answer, dialect, "PATCH", Reason.METHOD_NOT_ALLOWED);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, PUT");
        OwnAnswer.check(send(RawRequest.of("LOGIN", asked.loginPath())), dialect, "LOGIN", Reason.METHOD_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_of_the_most_bytes_is_read_and_one_byte_more_is_refused(boolean lane) {
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        start(lane, api.withMaxBodyBytes(2000));

        assertThat(send(login(body + " ".repeat(2000 - body.length()))).status())
                .isEqualTo(200);
        String more = body + " ".repeat(2001 - body.length());
        OwnAnswer.check(send(login(more)), dialect, "declared", Reason.BODY_TOO_LARGE);
        OwnAnswer.check(send(chunked(more)), dialect, "chunked", Reason.BODY_TOO_LARGE);
        assertThat(send(chunked(body)).status()).isEqualTo(200);
    }

    private RawRequest login(String body) {
        return RawRequest.post(asked.loginPath()).json(body);
    }

    private RawRequest chunked(String body) {
        String half = body.substring(0, body.length() / 2);
        return login(chunk(half) + chunk(body.substring(half.length())) + "0\r\n\r\n")
                .header("Transfer-Encoding", "chunked");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_that_ends_too_early_is_answered(boolean lane) throws IOException {
        start(lane, api);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, head("POST", asked.loginPath(), "Content-Length: 99") + "{\"user\":");
            socket.shutdownOutput();
            socket.setSoTimeout((int) SOON.toMillis());
            RawAnswer answer = RawAnswer.parse(socket.getInputStream().readAllBytes(), false);
            OwnAnswer.check(answer, dialect, "cut off", Reason.UNPARSEABLE_BODY);
        }
        assertThat(send(asked.goodLogin()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"false, zz", "true, zz", "false, fffffffffffffffff", "true, -1"})
    void a_body_that_is_no_http_is_refused(boolean lane, String chunk) {
        start(lane, api);

        RawAnswer answer = send(login(chunk + "\r\n{}\r\n").header("Transfer-Encoding", "chunked"));
        assertThat(answer.status())
                .isEqualTo(dialect.errors()
                        .answer(Reason.UNPARSEABLE_BODY)
                        .template()
                        .status());
        assertThat(send(asked.goodLogin()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "false, POST, /api/users/login, 413",
        "false, PUT, /api/users/login, 405",
        "false, PUT, /api/user, 401",
        "false, POST, /v1/api/nowhere, 404",
        "true, POST, /api/users/login, 413",
        "true, PUT, /api/user, 401",
    })
    void a_client_that_is_still_sending_gets_the_answer(boolean lane, String method, String path, int status)
            throws IOException {
        start(lane, api, api.under("/v1"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, head(method, path, "Content-Length: " + LENGTH));
            for (int i = 0; i < 6; i++) {
                send(socket, "a".repeat(LENGTH / 6));
                pause(20);
            }
            assertThat(read(socket).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_client_that_is_still_sending_chunks_gets_the_answer(boolean lane) throws IOException {
        start(lane, api);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, head("POST", asked.loginPath(), "Transfer-Encoding: chunked"));
            for (int i = 0; i < 6; i++) {
                send(socket, chunk("a".repeat(LENGTH / 6)));
                pause(20);
            }
            send(socket, "0\r\n\r\n");
            assertThat(read(socket).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, Content-Length: 20000000",
        "false, 'Content-Length: 600000\r\nExpect: 100-continue'",
        "true, Content-Length: 20000000",
        "true, 'Content-Length: 600000\r\nExpect: 100-continue'",
    })
    void nobody_waits_for_a_body_of_megabytes_or_invites_one_that_is_too_large(boolean lane, String headers)
            throws IOException {
        start(lane, api);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, head("POST", asked.loginPath(), headers));

            assertThat(read(socket).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_client_that_asks_before_it_sends_is_invited(boolean lane) throws IOException {
        start(lane, api);
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        String asks = "Content-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\n";
        try (OpenRequest request = OpenRequest.to(server.port()).head("POST", asked.loginPath(), asks, body.length())) {
            assertThat(request.read(SOON)).startsWith("HTTP/1.1 100");
            assertThat(request.send(body).answer(SOON).orElseThrow().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_that_trickles_is_answered_in_time(boolean lane) throws IOException {
        LoginFilter filter = LoginFilter.of(api).withBodyTimeout(Duration.ofSeconds(1));
        server = PlainJetty.start("/", lane ? filter.hashingOn(Runnable::run) : filter);
        try (OpenRequest request = OpenRequest.to(server.port()).json("POST", asked.loginPath(), 100)) {
            long start = System.nanoTime();
            RawAnswer answer =
                    request.trickle(Duration.ofMillis(200)).answer(SOON).orElseThrow();
            OwnAnswer.check(answer, dialect, "trickles", Reason.REQUEST_TIMEOUT);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_timeout_is_a_second_to_a_minute() {
        LoginFilter filter = LoginFilter.of(api);
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofSeconds(61))) {
            assertThatThrownBy(() -> filter.withBodyTimeout(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 s to 60 s");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cookies_go_out_and_come_in(boolean lane) throws Exception {
        Dialect cookies = DialectReader.read("cookies.yaml", """
                dialect: cookies
                title: A token in a cookie
                token:
                  header: {alg: HS256, typ: JWT}
                  claims: {sub: "${user.id}", exp: "${token.expires_at | epoch-seconds}"}
                  subject: /sub
                  lifetime: 1h
                token_in:
                  - {cookie: session}
                operations:
                  login:
                    routes: [POST /login]
                    media_types: [application/json]
                    fields:
                      identifier: {at: /name, kind: either}
                      password: {at: /password}
                    invalid_fields_as: bad_request
                    answer:
                      cookies:
                        - {name: session, value: "${token}", path: /, max_age: 1h}
                        - {name: seen, value: "1", path: /}
                      body: {id: "${user.id}"}
                  me:
                    routes: [GET /me]
                    answer: {body: {id: "${user.id}"}}
                errors:
                  defaults: {body: {error: "${error.reason}"}}
                  bad_credentials: {}
                  missing_token: {}
                  bad_request: {}
                  fault: {}
                """, Map.of());
        start(lane, parts.mount(cookies));

        RawAnswer answer =
                send(RawRequest.post("/login").json("{\"name\":\"han.solo\",\"password\":\"" + Asked.PASSWORD + "\"}"));
        assertThat(answer.all("Set-Cookie")).hasSize(2).allMatch(cookie -> cookie.contains("HttpOnly"));
        assertThat(send(RawRequest.get("/me")
                                .header("Cookie", "a=b; session=" + Asked.token(answer))
                                .header("Cookie", "c=d"))
                        .status())
                .isEqualTo(200);
        assertThat(send(RawRequest.get("/me").header("Cookie", "a=b")).status()).isEqualTo(401);
    }

    @Test
    void two_apis_share_a_filter_and_two_filters_a_server() {
        Dialect payop = ShippedDialects.dialect("payop");
        Dialect standard = ShippedDialects.dialect("standard");
        server = PlainJetty.start("/", LoginFilter.of(api, parts.mount(payop)), LoginFilter.of(parts.mount(standard)));

        for (Dialect each : List.of(dialect, payop, standard)) {
            Asked own = new Asked(each);
            String token = Asked.token(send(own.goodLogin()));
            assertThat(send(own.me(own.scheme() + token)).status()).isEqualTo(200);
            OwnAnswer.check(send(RawRequest.get(own.mePath())), each, "no token", Reason.MISSING_TOKEN);
        }
        assertThat(send(RawRequest.get("/own")).body()).startsWith("own GET /own");
        assertThatThrownBy(() -> LoginFilter.of(api, api))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/api/users/login");
    }

    private static String head(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n" + headers + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RawAnswer read(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        return RawAnswer.parse(socket.getInputStream().readAllBytes(), false);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
