package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Stopwatch;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Javalin does that an authentication must not fall for, on an application of somebody else's that sets nothing against it. */
class JavalinTrapsTest {

    private static final RunningApp.Parts PARTS = new RunningApp.Parts();
    private static final LoginApi MOUNT =
            PARTS.mount(ShippedDialects.dialect("standard")).under("/api");
    private static final Asked ASKED = new Asked(MOUNT.dialect());
    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final AtomicBoolean ASYNC = new AtomicBoolean();
    private static RunningApp app;
    private static String token;

    @BeforeAll
    static void start() {
        app = RunningApp.start(List.of(MOUNT), config -> {
            config.routes.before("/orders", RequireLogin.of(MOUNT));
            config.routes.before("/orders/*", RequireLogin.of(MOUNT));
            config.routes.get("/orders", context -> context.result("orders " + ORDERS.incrementAndGet()));
            config.routes.delete("/orders", context -> context.result("deleted " + ORDERS.incrementAndGet()));
            config.routes.after(
                    context -> ASYNC.compareAndSet(false, context.req().isAsyncStarted()));
        });
        token = Asked.token(app.send(login()));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static RawRequest login() {
        return RawRequest.post("/api" + ASKED.loginPath())
                .json(ASKED.body(Asked.quoted(ASKED.han()), Asked.quoted(Asked.PASSWORD)));
    }

    private static RawRequest me(String method) {
        return RawRequest.of(method, "/api" + ASKED.mePath()).header("Authorization", "Bearer " + token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "HEAD", "get"})
    void trap_1_a_header_that_overrides_the_method_changes_nothing_for_a_dialect(String other) {
        RawAnswer answer = app.send(login().header("X-HTTP-Method-Override", other));

        assertThat(answer.status()).isIn(200, 404);
        assertThat(app.send(me("POST").header("X-HTTP-Method-Override", "GET")).status())
                .isEqualTo(405);
    }

    @Test
    void trap_2_a_method_called_before_opens_nothing() {
        for (String method :
                List.of("BEFORE", "BEFORE_MATCHED", "AFTER", "QUERY", "WEBSOCKET_BEFORE_UPGRADE", "TRACE")) {
            RawAnswer guarded = app.send(RawRequest.of(method, "/orders").header("Authorization", "Bearer " + token));
            assertThat(guarded.status()).as(method).isGreaterThanOrEqualTo(400).isLessThan(500);
            assertThat(app.send(me(method)).status())
                    .as(method)
                    .isGreaterThanOrEqualTo(400)
                    .isLessThan(500);
            OwnAnswer.checkHarmless(app.send(RawRequest.of(method, "/orders")), method);
        }
        RawAnswer overridden = app.send(RawRequest.get("/orders").header("X-HTTP-Method-Override", "BEFORE"));
        OwnAnswer.check(overridden, MOUNT.dialect(), "GET called BEFORE", Reason.MISSING_TOKEN);
    }

    @Test
    void trap_3_head_is_guarded_like_get_and_answers_like_it_without_a_body() {
        RawAnswer get = app.send(me("GET"));
        RawAnswer head = app.send(me("HEAD"));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(app.send(RawRequest.of("HEAD", "/api" + ASKED.mePath())).status())
                .isEqualTo(401);
        assertThat(app.send(RawRequest.of("HEAD", "/orders")).status()).isEqualTo(401);
    }

    @Test
    void trap_5_a_body_of_a_claimed_10_GB_is_refused_unread() {
        Stopwatch watch = Stopwatch.createStarted();
        RawAnswer answer = app.send(RawRequest.post("/api" + ASKED.loginPath())
                .header("Content-Type", "application/json")
                .header("Content-Length", "10000000000"));

        OwnAnswer.check(answer, MOUNT.dialect(), "10 GB", Reason.BODY_TOO_LARGE);
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void trap_5_a_body_that_never_ends_is_cut_off() {
        String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
        RawAnswer answer = app.send(RawRequest.post("/api" + ASKED.loginPath())
                .header("Content-Type", "application/json")
                .header("Transfer-Encoding", "chunked")
                .body(chunk.repeat(20)));

        OwnAnswer.check(answer, MOUNT.dialect(), "endless", Reason.BODY_TOO_LARGE);
    }

    @Test
    void trap_6_malformed_JSON_is_no_fault() {
        RawAnswer answer = app.send(RawRequest.post("/api" + ASKED.loginPath()).json("{\"identifier\":"));

        OwnAnswer.check(answer, MOUNT.dialect(), "malformed", Reason.UNPARSEABLE_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/../api/auth/me",
                "//api/auth/me",
                "/api//auth/me",
                "/api/auth/me;x=1",
                "/api/auth;x=1/me",
                "/%61pi/auth/me",
                "/api/auth%2Fme",
                "/api/auth/./me",
                "/api/auth/me/",
                "/api/auth/me%00",
                "/API/auth/me"
            })
    void trap_7_only_the_exact_path_is_a_route(String path) {
        RawAnswer answer = app.send(RawRequest.get(path).header("Authorization", "Bearer " + token));

        assertThat(answer.status()).isIn(400, 404);
        OwnAnswer.checkHarmless(answer, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders/../orders",
                "/orders/",
                "//orders",
                "/orders;x=1",
                "/%6frders",
                "/ORDERS",
                "/orders/%2e%2e/orders"
            })
    void trap_7_no_spelling_of_a_path_goes_past_the_guard(String path) {
        int before = ORDERS.get();

        assertThat(app.send(RawRequest.get(path)).status()).isIn(400, 401, 404);
        assertThat(ORDERS.get()).isEqualTo(before);
    }

    @Test
    void trap_9_a_path_is_not_echoed() {
        RawAnswer answer = app.send(RawRequest.get("/api/echo-this-marker"));

        OwnAnswer.check(answer, MOUNT.dialect(), "unknown", Reason.NOT_FOUND);
        assertThat(answer.body()).doesNotContain("marker");
    }

    @Test
    void trap_10_only_requests_that_may_hash_leave_the_thread_they_began_on() {
        ASYNC.set(false);
        app.send(me("GET"));
        assertThat(ASYNC).isFalse();

        app.send(login());
        assertThat(ASYNC).isTrue();
    }

    @Test
    void trap_11_logins_work_on_virtual_threads_too() {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (RunningApp virtual =
                RunningApp.start(List.of(MOUNT), config -> config.concurrency.useVirtualThreads = true)) {
            List<CompletableFuture<Integer>> all = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> virtual.send(login()).status(), clients))
                    .toList();

            assertThat(all.stream().map(CompletableFuture::join)).containsOnly(200);
        } finally {
            clients.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"identifier\":{\"SENTINEL\":1},\"password\":[\"SENTINEL\"]}",
                "{\"SENTINEL\":",
                "[\"SENTINEL\"]"
            })
    void trap_13_no_value_is_echoed(String body) {
        for (String path : List.of("/api/auth/login", "/api/auth/register")) {
            RawAnswer answer = app.send(RawRequest.post(path).json(body));

            assertThat(answer.status()).isBetween(400, 422);
            assertThat(answer.body()).doesNotContain("SENTINEL");
        }
    }

    @Test
    void trap_14_the_web_socket_libraries_are_not_needed() {
        assertThatThrownBy(() -> Class.forName("org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void a_body_that_a_handler_before_has_read_is_read_once_more() {
        try (RunningApp logged = RunningApp.start(
                List.of(MOUNT),
                config -> config.routes.before(context -> {
                    if (context.body().isEmpty() && context.contentLength() > 0) {
                        throw new IllegalStateException("there was a body");
                    }
                }))) {
            assertThat(logged.send(login()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%ff", "a%", "=&&=", "a=%e0%80"})
    void a_query_that_cannot_be_read_is_no_fault(String query) {
        OwnAnswer.checkHarmless(app.send(RawRequest.get("/api/auth/me?" + query)), query);
        OwnAnswer.checkHarmless(app.send(RawRequest.get("/orders?" + query)), query);
    }

    @Test
    void the_plugin_may_be_registered_twice_and_needs_something_to_mount() {
        assertThatThrownBy(() -> AuthPlugin.mounting(List.of())).hasMessage("there is nothing to mount");
        LoginApi other = MOUNT.under("/other");
        Javalin both = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(AuthPlugin.mounting(MOUNT));
            config.registerPlugin(AuthPlugin.mounting(other));
        });
        try {
            both.start("127.0.0.1", 0);
            assertThat(RawRequest.get("/other/auth/me").sendTo(both.port()).status())
                    .isEqualTo(401);
            assertThat(RawRequest.get("/api/auth/me").sendTo(both.port()).status())
                    .isEqualTo(401);
        } finally {
            both.stop();
        }
    }
}
