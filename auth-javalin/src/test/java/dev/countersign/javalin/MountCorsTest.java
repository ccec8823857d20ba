package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.CorsPolicy;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.Browser;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import io.javalin.config.JavalinConfig;
import io.javalin.plugin.bundled.CorsPlugin;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mount with a CORS policy in a Javalin application, which may have its own CORS. */
class MountCorsTest {

    private static final String HOSTS = "https://host.example";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final LoginApi mount = new RunningApp.Parts()
            .mount(ShippedDialects.dialect("standard"))
            .withCors(CorsPolicy.allowing(Browser.ORIGIN));
    private final Asked asked = new Asked(mount.dialect());

    private RunningApp start(Consumer<JavalinConfig> own) {
        return RunningApp.start(List.of(mount), own);
    }

    private static void cors(JavalinConfig config, String origin) {
        config.registerPlugin(new CorsPlugin(cors -> cors.addRule(rule -> {
            if (origin.equals("*")) {
                rule.anyHost();
            } else {
                rule.allowHost(origin);
                rule.allowCredentials = true;
            }
            rule.exposeHeader("X-Host");
        })));
    }

    private static RawRequest preflight(String path, String origin) {
        return RawRequest.of("OPTIONS", path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization");
    }

    private static List<String> permissions(RawAnswer answer) {
        return answer.headerLines().stream()
                .filter(line -> line.startsWith("Access-Control-"))
                .toList();
    }

    @Test
    void the_plugin_alone_is_enough() {
        try (RunningApp app = start(config -> {})) {
            RawAnswer asks = app.send(preflight("/auth/me", Browser.ORIGIN));
            assertThat(asks.status()).isEqualTo(204);
            assertThat(asks.body()).isEmpty();
            assertThat(permissions(asks))
                    .contains(
                            "Access-Control-Allow-Origin: " + Browser.ORIGIN,
                            "Access-Control-Allow-Methods: GET, HEAD, PATCH");
            assertThat(app.send(asked.goodLogin().header("Origin", Browser.ORIGIN))
                            .header(ALLOWED))
                    .isEqualTo(Browser.ORIGIN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", HOSTS, Browser.ORIGIN})
    void the_policy_of_a_mount_replaces_that_of_the_application_on_its_paths(String hosts) {
        for (boolean corsFirst : List.of(true, false)) {
            try (RunningApp app = start(config -> {
                if (corsFirst) {
                    cors(config, hosts);
                }
                config.routes.beforeMatched("/orders", RequireLogin.of(mount));
                config.routes.get("/orders", context -> context.result("orders"));
                if (!corsFirst) {
                    cors(config, hosts);
                }
            })) {
                RawAnswer asks = app.send(preflight("/auth/me", Browser.ORIGIN));
                assertThat(asks.status()).isEqualTo(204);
                assertThat(permissions(asks))
                        .hasSize(4)
                        .contains(ALLOWED + ": " + Browser.ORIGIN)
                        .anyMatch(line -> line.endsWith("GET, HEAD, PATCH"));
                RawAnswer refused = app.send(RawRequest.get("/auth/me").header("Origin", Browser.ORIGIN));
                OwnAnswer.check(refused, mount.dialect(), "refused", Reason.MISSING_TOKEN);
                assertThat(permissions(refused))
                        .containsExactlyInAnyOrder(
                                ALLOWED + ": " + Browser.ORIGIN, "Access-Control-Expose-Headers: WWW-Authenticate");

                RawAnswer evil = app.send(RawRequest.get("/auth/me").header("Origin", HOSTS));
                assertThat(evil.status()).isEqualTo(401);
                assertThat(permissions(evil)).isEmpty();
                assertThat(permissions(app.send(preflight("/auth/me", HOSTS)))).isEmpty();

                String theirs = hosts.equals("*") ? Browser.ORIGIN : hosts;
                assertThat(app.send(preflight("/orders", theirs)).header(ALLOWED))
                        .isEqualTo(hosts);
                RawAnswer guarded = app.send(RawRequest.get("/orders").header("Origin", theirs));
                assertThat(guarded.status()).isEqualTo(401);
                assertThat(guarded.header(ALLOWED)).isEqualTo(hosts);
            }
        }
    }

    @Test
    void refusals_of_guards_follow_the_application_which_allows_nobody_here() {
        try (RunningApp app = start(config -> {
            config.routes.beforeMatched("/orders", RequireLogin.of(mount));
            config.routes.get("/orders", context -> context.result("orders"));
        })) {
            RawAnswer refused = app.send(RawRequest.get("/orders").header("Origin", Browser.ORIGIN));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(permissions(refused)).isEmpty();
            assertThat(app.send(preflight("/orders", Browser.ORIGIN)).status()).isEqualTo(404);
        }
    }

    @Test
    void a_handler_of_the_application_for_options_does_not_answer_for_the_mount() {
        try (RunningApp app = start(config -> {
            config.routes.options("/auth/me", context -> context.result("theirs"));
            config.routes.options("/orders", context -> context.result("theirs"));
        })) {
            assertThat(app.send(preflight("/auth/me", Browser.ORIGIN)).status()).isEqualTo(204);
            assertThat(app.send(RawRequest.of("OPTIONS", "/auth/me")).body()).isEqualTo("theirs");
            assertThat(app.send(preflight("/orders", Browser.ORIGIN)).body()).isEqualTo("theirs");
        }
    }

    @Test
    void other_names_in_vary_stay() {
        try (RunningApp app = start(config -> config.routes.before(context -> {
            context.res().addHeader("Vary", "Accept-Language, origin");
        }))) {
            RawAnswer refused = app.send(RawRequest.get("/auth/me").header("Origin", Browser.ORIGIN));
            assertThat(refused.header("Vary")).isEqualTo("Accept-Language, origin");
            assertThat(app.send(preflight("/auth/me", Browser.ORIGIN)).header("Vary"))
                    .isEqualTo(
                            "Accept-Language, origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        }
    }

    @Test
    void errors_before_a_body_is_read_are_readable() {
        try (RunningApp app = start(config -> {})) {
            for (RawRequest request : List.of(
                    RawRequest.post("/auth/login").json("x".repeat(20_000)),
                    RawRequest.post("/auth/login").body("x"),
                    RawRequest.of("PUT", "/auth/login").body("x"),
                    RawRequest.get("/auth/login"))) {
                RawAnswer answer = app.send(request.header("Origin", Browser.ORIGIN));
                assertThat(answer.status()).isIn(405, 413, 415);
                assertThat(answer.header(ALLOWED)).isEqualTo(Browser.ORIGIN);
                assertThat(answer.header("Vary")).isEqualTo("Origin");
            }
        }
    }
}
