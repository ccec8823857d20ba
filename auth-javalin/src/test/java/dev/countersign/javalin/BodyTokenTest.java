package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A dialect whose tokens may be in the body, asked without one. */
class BodyTokenTest {

    private static final Dialect DIALECT = TokenPlacesTest.dialect("refuse");

    private static RunningApp app;
    private static String token;

    @BeforeAll
    static void start() {
        LoginApi mount = new RunningApp.Parts().mount(DIALECT);
        app = RunningApp.start(List.of(mount), config -> {
            config.routes.beforeMatched("/orders", RequireLogin.of(mount));
            config.routes.get("/orders", context -> context.result("orders"));
            config.routes.post("/orders", context -> context.result("ordered " + context.body()));
        });
        token = Asked.token(app.send(
                RawRequest.post("/login").json("{\"name\":\"han.solo\",\"password\":\"" + Asked.PASSWORD + "\"}")));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static int status(RawRequest request) {
        return app.send(request).status();
    }

    private static RawRequest bearing(String method, String path) {
        return RawRequest.of(method, path).header("Authorization", "Bearer " + token);
    }

    @Test
    void a_request_without_a_body_has_no_token_in_it() {
        assertThat(status(bearing("GET", "/me"))).isEqualTo(200);
        assertThat(status(bearing("HEAD", "/me"))).isEqualTo(200);
        assertThat(status(bearing("GET", "/me").header("Content-Type", "application/json")))
                .isEqualTo(200);
        assertThat(status(bearing("GET", "/me").header("Content-Type", "text/plain")))
                .isEqualTo(200);
        assertThat(status(bearing("POST", "/verify"))).isEqualTo(200);
        assertThat(status(bearing("POST", "/verify").header("Content-Type", "text/plain")))
                .isEqualTo(200);
        assertThat(status(bearing("POST", "/verify")
                        .header("Transfer-Encoding", "chunked")
                        .body("0\r\n\r\n")))
                .isEqualTo(200);
        OwnAnswer.check(app.send(RawRequest.get("/me")), DIALECT, "me", Reason.MISSING_TOKEN);
        OwnAnswer.check(app.send(RawRequest.post("/verify")), DIALECT, "verify", Reason.MISSING_TOKEN);
    }

    @Test
    void an_operation_without_media_types_looks_for_no_token_in_a_body() {
        assertThat(status(bearing("GET", "/me").json("{\"token\":\"another\"}")))
                .isEqualTo(200);
        assertThat(status(bearing("GET", "/me").json("{"))).isEqualTo(200);
        OwnAnswer.check(
                app.send(RawRequest.get("/me").json("{\"token\":\"" + token + "\"}")),
                DIALECT,
                "me with a body",
                Reason.MISSING_TOKEN);
    }

    @Test
    void a_body_of_another_media_type_is_refused_where_bodies_are_read() {
        OwnAnswer.check(
                app.send(bearing("POST", "/verify")
                        .header("Content-Type", "text/plain")
                        .body(token)),
                DIALECT,
                "text",
                Reason.UNSUPPORTED_MEDIA_TYPE);
        OwnAnswer.check(
                app.send(bearing("POST", "/verify").json("{\"token\":")), DIALECT, "broken", Reason.UNPARSEABLE_BODY);
        assertThat(status(bearing("POST", "/verify").json("{}"))).isEqualTo(200);
    }

    @Test
    void a_guarded_route_of_the_application_keeps_its_body_and_takes_the_token_of_the_header() {
        assertThat(status(bearing("GET", "/orders"))).isEqualTo(200);
        assertThat(app.send(bearing("POST", "/orders").json("{\"token\":\"of theirs\"}"))
                        .body())
                .isEqualTo("ordered {\"token\":\"of theirs\"}");
        OwnAnswer.check(
                app.send(RawRequest.post("/orders").json("{\"token\":\"" + token + "\"}")),
                DIALECT,
                "orders",
                Reason.MISSING_TOKEN);
    }
}
