package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.FailingStore;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.NamedUsers;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that answers every status and every exception in its own words: those of a dialect stand. */
class HostErrorsTest {

    private static final String THEIRS = "the application's own page";

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    private static void answerEverything(JavalinConfig config) {
        for (int status = 400; status < 600; status++) {
            config.routes.error(status, context -> context.result(THEIRS).contentType("text/html"));
            config.routes.error(status, "application/json", context -> context.result(THEIRS));
        }
        config.routes.exception(
                Exception.class, (failure, context) -> context.status(418).result(THEIRS));
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.routes.after(context -> context.header("X-After", "ran"));
        config.routes.afterMatched(context -> context.header("X-After-Matched", "ran"));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void the_answers_of_a_dialect_stand(String name) {
        FailingStore store = new FailingStore(new InMemoryUserStore());
        RunningApp.Parts parts = new RunningApp.Parts(store, PlainPasswordHasher.keepingPasswordsInTheClear());
        NamedUsers.storeIn(store, parts.hasher);
        LoginApi mount = parts.mount(ShippedDialects.dialect(name));
        LoginApi below = mount.under("/below");
        Asked asked = new Asked(mount.dialect());
        try (RunningApp app = RunningApp.start(List.of(mount, below), HostErrorsTest::answerEverything)) {
            check(app, asked, asked.login("\"nobody\"", "\"wrong\""), Reason.BAD_CREDENTIALS);
            check(app, asked, RawRequest.get(asked.mePath()), Reason.MISSING_TOKEN);
            check(app, asked, RawRequest.post(asked.loginPath()).json("{"), Reason.UNPARSEABLE_BODY);
            check(app, asked, RawRequest.post(asked.loginPath()).json("{}"), flawed(asked));
            check(
                    app,
                    asked,
                    RawRequest.post(asked.loginPath())
                            .header("Content-Type", "a/b")
                            .body("x"),
                    Reason.UNSUPPORTED_MEDIA_TYPE);
            check(app, asked, RawRequest.post(asked.loginPath()).json(" ".repeat(100_000)), Reason.BODY_TOO_LARGE);
            for (String method : List.of("DELETE", "OPTIONS", "GET", "BEFORE")) {
                check(app, asked, RawRequest.of(method, asked.loginPath()), Reason.METHOD_NOT_ALLOWED);
            }
            check(app, asked, RawRequest.get("/below/nowhere"), Reason.NOT_FOUND);
            store.failWith(() -> new IllegalStateException("broken"));
            RawAnswer fault = app.send(asked.goodLogin());
            assertThat(fault.status()).isEqualTo(500);
            assertThat(fault.body()).doesNotContain(THEIRS);
        }
    }

    private static Reason flawed(Asked asked) {
        Reason collapsed = asked.login().request().collapsed();
        return collapsed == null ? Reason.INVALID_FIELDS : collapsed;
    }

    private static void check(RunningApp app, Asked asked, RawRequest request, Reason reason) {
        RawAnswer answer = app.send(request.header("Accept", "application/json, text/html"));
        OwnAnswer.check(answer, asked.dialect(), request, reason);
        assertThat(answer.body()).doesNotContain(THEIRS);
        assertThat(answer.header("X-After")).as("%s", request).isEqualTo("ran");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void the_answers_of_a_guard_stand_and_those_of_the_application_are_its_own(String name) {
        LoginApi mount = new RunningApp.Parts().mount(ShippedDialects.dialect(name));
        Asked asked = new Asked(mount.dialect());
        AtomicInteger reached = new AtomicInteger();
        try (RunningApp app = RunningApp.start(List.of(mount), config -> {
            answerEverything(config);
            config.routes.before("/orders/*", RequireLogin.of(mount));
            config.routes.beforeMatched("/bills/*", RequireLogin.of(mount));
            for (String path : List.of("/orders/mine", "/bills/mine")) {
                config.routes.get(path, context -> {
                    reached.incrementAndGet();
                    throw new NotFoundResponse();
                });
            }
            config.routes.get("/own", context -> context.status(401));
        })) {
            for (String path : List.of("/orders/mine", "/bills/mine")) {
                check(app, asked, RawRequest.get(path), Reason.MISSING_TOKEN);
            }
            check(app, asked, RawRequest.of("BEFORE", "/orders/mine"), Reason.METHOD_NOT_ALLOWED);
            assertThat(reached).hasValue(0);

            String token = asked.scheme() + Asked.token(app.send(asked.goodLogin()));
            RawRequest guarded =
                    RawRequest.get("/orders/mine").header(asked.header().name(), token);
            assertThat(app.send(guarded).body()).isEqualTo(THEIRS);
            assertThat(app.send(RawRequest.get("/own")).body()).isEqualTo(THEIRS);
            assertThat(app.send(RawRequest.get("/elsewhere")).body()).isEqualTo(THEIRS);
        }
    }

    @Test
    void a_handler_of_the_application_that_fails_after_a_dialects_answer_is_answered_by_the_application() {
        LoginApi mount = new RunningApp.Parts().mount(ShippedDialects.dialect("standard"));
        try (RunningApp app = RunningApp.start(List.of(mount), config -> {
            config.routes.error(418, context -> context.result(THEIRS));
            config.routes.exception(IllegalStateException.class, (failure, context) -> context.status(418));
            config.routes.afterMatched(context -> {
                throw new IllegalStateException("theirs");
            });
        })) {
            assertThat(app.send(RawRequest.get("/auth/me")).body()).isEqualTo(THEIRS);
        }
    }

    @Test
    void an_error_of_the_machine_is_a_fault_in_the_words_of_the_dialect() {
        FailingStore store = new FailingStore(new InMemoryUserStore());
        RunningApp.Parts parts = new RunningApp.Parts(store, PlainPasswordHasher.keepingPasswordsInTheClear());
        NamedUsers.storeIn(store, parts.hasher);
        LoginApi mount = parts.mount(ShippedDialects.dialect("standard"));
        Asked asked = new Asked(mount.dialect());
        try (RunningApp app = RunningApp.start(List.of(mount), config -> {
            answerEverything(config);
            config.routes.beforeMatched("/orders", RequireLogin.of(mount));
            config.routes.get("/orders", context -> context.result("orders"));
        })) {
            String token = Asked.token(app.send(asked.goodLogin()));
            for (Error error :
                    List.of(new StackOverflowError(), new OutOfMemoryError("heap"), new NoClassDefFoundError("x"))) {
                store.failWith(() -> {
                    throw error;
                });
                for (RawRequest request : List.of(
                        asked.goodLogin(),
                        asked.me("Bearer " + token),
                        RawRequest.get("/orders").header("Authorization", "Bearer " + token))) {
                    RawAnswer answer = app.send(request);
                    assertThat(answer.status()).as("%s", error).isEqualTo(500);
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(answer.body()).contains("\"status\":500").doesNotContain("Error", THEIRS);
                }
            }
            store.failWith(null);
            assertThat(app.send(asked.goodLogin()).status()).isEqualTo(200);
        }
    }
}
