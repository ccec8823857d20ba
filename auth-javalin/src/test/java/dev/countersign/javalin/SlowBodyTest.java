package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send their body slowly, or never to its end, to an application with few threads. */
@Tag("slow")
class SlowBodyTest {

    private static final int THREADS = 8;
    private static final int SLOW = 200;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LoginApi mount =
            new RunningApp.Parts().mount(ShippedDialects.dialect("realworld")).under("/v1");
    private final Asked asked = new Asked(mount.dialect());
    private final List<OpenRequest> open = new ArrayList<>();

    private static RunningApp start(LoginApi mount, Duration timeout) {
        return RunningApp.start(AuthPlugin.mounting(mount).withBodyTimeout(timeout), config -> {
            config.jetty.threadPool = new QueuedThreadPool(THREADS);
            config.routes.before("/guarded", RequireLogin.of(mount));
            config.routes.post("/guarded", context -> context.result("guarded"));
            config.routes.post("/v1/own", context -> context.result("own " + context.body()));
            config.routes.put("/v1/api/users/{what}", context -> context.result("theirs " + context.body()));
        });
    }

    private OpenRequest request(RunningApp app) {
        OpenRequest request = OpenRequest.to(app.port());
        open.add(request);
        return request;
    }

    @AfterEach
    void close() {
        open.forEach(OpenRequest::close);
    }

    private RawRequest login() {
        return RawRequest.post("/v1" + asked.loginPath())
                .json(asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD)));
    }

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_body_that_comes_too_slowly_or_not_at_all_is_answered_in_the_words_of_the_dialect(String name)
            throws IOException {
        Asked slow = new Asked(ShippedDialects.dialect(name));
        LoginApi mounted = new RunningApp.Parts().mount(slow.dialect());
        try (RunningApp app = start(mounted, Duration.ofSeconds(1))) {
            List<OpenRequest> stalled = new ArrayList<>();
            for (String begun : List.of("", "{", "{\"user\":{")) {
                stalled.add(request(app).json("POST", slow.loginPath(), 100).send(begun));
            }
            OpenRequest trickling = request(app).json("POST", slow.loginPath(), 100);
            checkLate(trickling.trickle(Duration.ofMillis(200)).answer(SOON).orElseThrow(), slow);
            for (OpenRequest request : stalled) {
                checkLate(request.answer(SOON).orElseThrow(), slow);
            }
        }
    }

    private static void checkLate(RawAnswer answer, Asked asked) {
        OwnAnswer.check(answer, asked.dialect(), "slow", Reason.REQUEST_TIMEOUT);
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @ParameterizedTest
    @CsvSource({
        // Bodies that are read, that are not, and those of somebody who is not let in.
        "POST, /v1/api/users/login",
        "POST, /v1/api/users",
        "PATCH, /v1/api/users/login",
        "POST, /v1/nowhere",
        "PUT, /v1/api/user",
        "POST, /guarded",
    })
    void slow_bodies_hold_no_thread(String method, String path) {
        try (RunningApp app = start(mount, Duration.ofSeconds(10))) {
            String token = Asked.token(app.send(login()));
            for (int i = 0; i < SLOW; i++) {
                request(app).json(method, path, 1000).send("{");
            }
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                assertThat(app.send(login()).status()).isEqualTo(200);
                assertThat(app.send(RawRequest.get("/v1" + asked.mePath())
                                        .header("Authorization", asked.scheme() + token))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void a_body_in_pieces_is_read_when_it_comes_in_time() throws IOException {
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        try (RunningApp app = start(mount, Duration.ofSeconds(10))) {
            OpenRequest request = request(app)
                    .head(
                            "POST",
                            "/v1" + asked.loginPath(),
                            "Content-Type: application/json\r\nConnection: close\r\n",
                            body.length());
            for (int i = 0; i < body.length(); i += 7) {
                request.send(body.substring(i, Math.min(body.length(), i + 7)));
                pause(20);
            }
            assertThat(request.answer(SOON).orElseThrow().status()).isEqualTo(200);

            String chunks = "1\r\n" + body.charAt(0) + "\r\n" + Integer.toHexString(body.length() - 1) + "\r\n";
            OpenRequest chunked = request(app)
                    .send("POST /v1" + asked.loginPath() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            pause(100);
            assertThat(chunked.send(body.substring(1) + "\r\n0\r\n\r\n")
                            .answer(SOON)
                            .orElseThrow()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_is_invited_and_one_that_cannot_succeed_is_not() throws IOException {
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        String asks = "Content-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\n";
        try (RunningApp app = start(mount, Duration.ofSeconds(10))) {
            OpenRequest invited = request(app).head("POST", "/v1" + asked.loginPath(), asks, body.length());
            assertThat(invited.read(SOON)).startsWith("HTTP/1.1 100");
            assertThat(invited.send(body).answer(SOON).orElseThrow().status()).isEqualTo(200);

            for (String path : List.of("/v1/nowhere", "/v1" + asked.mePath())) {
                assertThat(request(app).head("POST", path, asks, body.length()).read(SOON))
                        .as(path)
                        .startsWith("HTTP/1.1 40");
            }
            assertThat(request(app)
                            .head("POST", "/v1" + asked.loginPath(), asks.replace("json", "xml"), body.length())
                            .read(SOON))
                    .startsWith("HTTP/1.1 415");
        }
    }

    @Test
    void a_refusal_that_the_head_decides_is_not_late() throws IOException {
        try (RunningApp app = start(mount, Duration.ofSeconds(60))) {
            assertThat(request(app)
                            .head("POST", "/v1" + asked.loginPath(), "Content-Type: text/plain\r\n", 100)
                            .answer(SOON)
                            .orElseThrow()
                            .status())
                    .isEqualTo(415);
            assertThat(request(app)
                            .json("PUT", "/v1" + asked.mePath(), 20_000)
                            .answer(SOON)
                            .orElseThrow()
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/own", "PUT /v1/api/users/login"})
    void a_slow_body_of_a_route_of_the_application_is_its_own_matter(String route) throws IOException {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1);
        try (RunningApp app = start(mount, Duration.ofSeconds(1))) {
            OpenRequest request = request(app).head(method, path, "Connection: close\r\n", 30_000);
            request.send("a".repeat(10_000));
            pause(2500);
            request.send("b".repeat(20_000));

            assertThat(request.answer(SOON).orElseThrow().body())
                    .endsWith(" " + "a".repeat(10_000) + "b".repeat(20_000));
        }
    }

    @Test
    void a_body_that_ends_too_early_is_answered() throws IOException {
        RawAnswer answer;
        try (RunningApp app = start(mount, Duration.ofSeconds(10));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.getOutputStream()
                    .write(("POST /v1" + asked.loginPath()
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"user\":")
                            .getBytes(StandardCharsets.UTF_8));
            pause(100);
            socket.shutdownOutput();
            socket.setSoTimeout((int) SOON.toMillis());
            answer = RawAnswer.parse(socket.getInputStream().readAllBytes(), false);
        }
        OwnAnswer.check(answer, mount.dialect(), "cut off", Reason.UNPARSEABLE_BODY);
    }

    @Test
    void a_handler_of_the_application_that_reads_the_body_first_fails_as_with_any_slow_client() throws IOException {
        try (RunningApp app = RunningApp.start(
                AuthPlugin.mounting(mount).withBodyTimeout(Duration.ofSeconds(1)),
                config -> config.routes.before(context -> context.header("X-Seen", context.body())))) {
            assertThat(request(app)
                            .json("POST", "/v1" + asked.loginPath(), 100)
                            .send("{")
                            .answer(SOON)
                            .orElseThrow()
                            .status())
                    .isEqualTo(408);
            assertThat(app.send(login()).status()).isEqualTo(200);
        }
    }

    @Test
    void a_timeout_is_a_second_to_a_minute() {
        AuthPlugin plugin = AuthPlugin.mounting(mount);
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofSeconds(61))) {
            assertThatThrownBy(() -> plugin.withBodyTimeout(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 s to 60 s");
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
