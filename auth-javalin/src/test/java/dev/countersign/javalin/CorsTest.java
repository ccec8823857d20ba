package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import io.javalin.plugin.bundled.CorsPlugin;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's application on another origin: it asks before it sends a token, and reads the refusals. */
class CorsTest {

    private static final String ORIGIN = "https://app.example.com";

    private final LoginApi mount = new RunningApp.Parts().mount(ShippedDialects.dialect("standard"));
    private final Asked asked = new Asked(mount.dialect());
    private final AtomicInteger reached = new AtomicInteger();

    private RunningApp start(boolean matched, boolean corsFirst) {
        return RunningApp.start(List.of(mount), config -> {
            if (corsFirst) {
                cors(config);
            }
            guard(config, matched, "/orders");
            guard(config, matched, "/orders/*");
            config.routes.get("/orders", this::reached);
            config.routes.get("/orders/{id}", this::reached);
            config.routes.post("/orders", this::reached);
            // Of another protocol, say: OPTIONS is a method like any other there.
            config.routes.options("/orders/options", this::reached);
            if (!corsFirst) {
                cors(config);
            }
        });
    }

    private void guard(JavalinConfig config, boolean matched, String path) {
        if (matched) {
            config.routes.beforeMatched(path, RequireLogin.of(mount));
        } else {
            config.routes.before(path, RequireLogin.of(mount));
        }
    }

    private static void cors(JavalinConfig config) {
        config.registerPlugin(new CorsPlugin(cors -> cors.addRule(rule -> rule.allowHost(ORIGIN))));
    }

    private void reached(Context context) {
        reached.incrementAndGet();
        context.result("orders");
    }

    private static RawRequest preflight(String path) {
        return RawRequest.of("OPTIONS", path)
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization");
    }

    private static void checkAllowed(RawAnswer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_documented_way_lets_a_browser_ask_and_read_the_refusal(boolean corsFirst) {
        try (RunningApp app = start(true, corsFirst)) {
            for (String path : List.of("/orders", "/orders/7", "/orders/options", "/auth/login", "/auth/me")) {
                RawAnswer asks = app.send(preflight(path));
                assertThat(asks.status()).as(path).isEqualTo(200);
                checkAllowed(asks);
                assertThat(asks.header("Access-Control-Allow-Headers")).isEqualTo("authorization");
                assertThat(asks.header("Access-Control-Allow-Methods")).isEqualTo("GET");
            }
            for (String path : List.of("/orders", "/orders/7", "/auth/me")) {
                RawAnswer refused = app.send(RawRequest.get(path).header("Origin", ORIGIN));
                OwnAnswer.check(refused, mount.dialect(), path, Reason.MISSING_TOKEN);
                checkAllowed(refused);
            }
            assertThat(reached).hasValue(0);

            String token = Asked.token(app.send(asked.goodLogin().header("Origin", ORIGIN)));
            RawAnswer passed = app.send(
                    RawRequest.get("/orders").header("Origin", ORIGIN).header("Authorization", "Bearer " + token));
            assertThat(passed.body()).isEqualTo("orders");
            checkAllowed(passed);
        }
    }

    @Test
    void a_guard_before_everything_lets_preflight_requests_pass_too() {
        try (RunningApp app = start(false, true)) {
            for (String path : List.of("/orders", "/orders/7", "/orders/options")) {
                RawAnswer asks = app.send(preflight(path));
                assertThat(asks.status()).as(path).isEqualTo(200);
                checkAllowed(asks);
            }
            assertThat(reached).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_route_is_open_to_what_looks_like_a_preflight_request(boolean matched) {
        try (RunningApp app = start(matched, true)) {
            for (RawRequest request : List.of(
                    RawRequest.of("OPTIONS", "/orders/options"),
                    RawRequest.of("OPTIONS", "/orders/options").header("Origin", ORIGIN),
                    RawRequest.of("OPTIONS", "/orders/options").header("Access-Control-Request-Method", "GET"),
                    preflight("/orders/options").header("X-HTTP-Method-Override", "GET"),
                    RawRequest.get("/orders").header("Origin", ORIGIN).header("Access-Control-Request-Method", "GET"),
                    RawRequest.post("/orders").header("Origin", ORIGIN).header("Access-Control-Request-Method", "GET"),
                    RawRequest.of("HEAD", "/orders").header("Origin", ORIGIN),
                    RawRequest.of("HEAD", "/orders")
                            .header("Origin", ORIGIN)
                            .header("Access-Control-Request-Method", "GET"))) {
                assertThat(app.send(request).status()).as("%s", request).isIn(401, 404);
            }
            assertThat(app.send(preflight("/orders/options")).body()).isEmpty();
            // Javalin takes it for an OPTIONS that nobody handles.
            RawRequest overridden = RawRequest.get("/orders").header("X-HTTP-Method-Override", "OPTIONS");
            assertThat(app.send(overridden.header("Origin", ORIGIN).header("Access-Control-Request-Method", "GET"))
                            .body())
                    .doesNotContain("orders");
            assertThat(reached).hasValue(0);

            String token = Asked.token(app.send(asked.goodLogin()));
            assertThat(app.send(RawRequest.of("OPTIONS", "/orders/options").header("Authorization", "Bearer " + token))
                            .body())
                    .isEqualTo("orders");
            assertThat(app.send(RawRequest.of("HEAD", "/orders")).status()).isEqualTo(401);
            assertThat(app.send(RawRequest.of("HEAD", "/orders").header("Authorization", "Bearer " + token))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void without_a_cors_plugin_a_preflight_request_is_answered_like_any_that_nobody_handles() {
        try (RunningApp app = RunningApp.start(List.of(mount), config -> {
            guard(config, false, "/orders");
            config.routes.options("/orders", this::reached);
            config.routes.options("/auth/login", context -> context.result("theirs"));
        })) {
            assertThat(app.send(preflight("/orders")).status()).isEqualTo(404);
            assertThat(reached).hasValue(0);
            assertThat(app.send(preflight("/auth/login")).body()).isEqualTo("theirs");
            OwnAnswer.check(app.send(preflight("/auth/me")), mount.dialect(), "preflight", Reason.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    @SuppressWarnings("unchecked") // Javalin takes its initializers as an array of generics.
    void where_the_application_has_stages_of_its_own_a_guard_lets_nothing_pass() {
        LoginApi guarded = mount;
        try (RunningApp app = RunningApp.start(List.of(mount), config -> {
            config.requestLifeCycle((submit, servlet, context, path) -> servlet.getRouter()
                    .findHttpHandlerEntries(HandlerType.BEFORE, path)
                    .forEach(entry -> submit.invoke(SubmitOrder.LAST, new Task(true, () -> {
                        entry.handle(context, path);
                        return Unit.INSTANCE;
                    }))));
            config.routes.before("/orders", RequireLogin.of(guarded));
        })) {
            assertThat(app.send(preflight("/orders")).status()).isEqualTo(401);
        }
    }
}
