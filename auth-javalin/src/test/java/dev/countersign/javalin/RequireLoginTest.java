package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application's own routes behind the tokens of a dialect. */
class RequireLoginTest {

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_guard_lets_those_pass_whose_token_holds(String name) {
        RunningApp.Parts parts = new RunningApp.Parts();
        Dialect dialect = ShippedDialects.dialect(name);
        LoginApi api = parts.mount(dialect);
        Asked asked = new Asked(dialect);
        AtomicInteger reached = new AtomicInteger();
        String header = asked.header().name();
        try (RunningApp app = RunningApp.start(List.of(api), config -> {
            config.routes.before("/orders/*", RequireLogin.of(api));
            config.routes.get("/orders/mine", context -> {
                reached.incrementAndGet();
                context.result("for " + RequireLogin.user(context).uuid());
            });
            config.routes.get("/open", context -> context.result(String.valueOf(RequireLogin.user(context))));
            config.routes.exception(
                    IllegalStateException.class,
                    (failure, context) -> context.status(418).result(failure.getMessage()));
        })) {
            String token = Asked.token(app.send(asked.goodLogin()));
            RawRequest with = RawRequest.get("/orders/mine").header(header, asked.scheme() + token);

            assertThat(app.send(with).body()).isEqualTo("for a52ee085-ff47-4ee1-bac3-a8a319f674ed");
            assertThat(app.send(RawRequest.of("HEAD", "/orders/mine").header(header, asked.scheme() + token))
                            .body())
                    .isEmpty();
            int before = reached.get();
            OwnAnswer.check(app.send(RawRequest.get("/orders/mine")), dialect, "none", Reason.MISSING_TOKEN);
            OwnAnswer.check(
                    app.send(RawRequest.get("/orders/mine").header(header, asked.scheme() + token + "x")),
                    dialect,
                    "spoilt",
                    Reason.BAD_SIGNATURE,
                    Reason.MALFORMED_TOKEN);
            RawAnswer madeUp = app.send(RawRequest.of("BEFORE", "/orders/mine").header(header, asked.scheme() + token));
            OwnAnswer.check(madeUp, dialect, "BEFORE", Reason.METHOD_NOT_ALLOWED);
            assertThat(app.send(RawRequest.of("BEFORE", "/orders/mine")).status())
                    .isEqualTo(madeUp.status());
            assertThat(app.send(RawRequest.get("/open")).body()).contains("no RequireLogin guards this route");

            disable(parts);
            // Somebody else's change of the store is heard within the delay.
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (app.send(with).status() == 200 && System.nanoTime() < end) {
                before = reached.get();
            }
            OwnAnswer.check(app.send(with), dialect, "disabled", Reason.REVOKED_TOKEN);
            parts.clock.advance(Duration.ofDays(100));
            OwnAnswer.check(app.send(with), dialect, "expired", Reason.EXPIRED_TOKEN);
            assertThat(reached).hasValue(before);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void an_application_refuses_in_the_words_of_the_dialect(String name) {
        RunningApp.Parts parts = new RunningApp.Parts();
        Dialect dialect = ShippedDialects.dialect(name);
        LoginApi api = parts.mount(dialect);
        Asked asked = new Asked(dialect);
        try (RunningApp app = RunningApp.start(List.of(api), config -> {
            // snippet: refuse
            RequireLogin guard = RequireLogin.of(api);
            config.routes.before("/orders/{id}", guard);
            config.routes.get("/orders/{id}", context -> {
                if (!mayRead(RequireLogin.user(context), context.pathParam("id"))) {
                    guard.refuse(context, Reason.FORBIDDEN);
                    return;
                }
                context.result("an order");
            });
            // end
            config.routes.before("/early", context -> guard.refuse(context, Reason.MISSING_TOKEN));
            config.routes.get("/early", context -> context.result("never"));
        })) {
            String token = Asked.token(app.send(asked.goodLogin()));
            String header = asked.header().name();

            assertThat(app.send(RawRequest.get("/orders/mine").header(header, asked.scheme() + token))
                            .body())
                    .isEqualTo("an order");
            RawAnswer forbidden = app.send(RawRequest.get("/orders/9").header(header, asked.scheme() + token));
            OwnAnswer.check(forbidden, dialect, "forbidden", Reason.FORBIDDEN);
            assertThat(forbidden.status()).isEqualTo(403);
            OwnAnswer.check(app.send(RawRequest.get("/early")), dialect, "early", Reason.MISSING_TOKEN);
        }
    }

    private static boolean mayRead(User user, String order) {
        return user.email() != null && order.equals("mine");
    }

    private static void disable(RunningApp.Parts parts) {
        User user = parts.users
                .find(new UserKey.ByUsername(Identifier.typed("han.solo")))
                .orElseThrow()
                .user();
        parts.users.update(user.toBuilder().status(UserStatus.DISABLED).build(), null);
    }
}
