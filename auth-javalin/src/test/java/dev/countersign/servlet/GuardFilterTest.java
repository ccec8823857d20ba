package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp.Parts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application's own servlet behind the tokens of a dialect, in a plain Jetty. */
class GuardFilterTest {

    private final ServletContextHandler context = new ServletContextHandler("/");
    private PlainJetty server = null;
    private Dialect dialect;
    private LoginApi api;
    private Asked asked;

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @BeforeEach
    void speakPayop() {
        speak("payop");
    }

    private void speak(String name) {
        dialect = ShippedDialects.dialect(name);
        api = new Parts().mount(dialect);
        asked = new Asked(dialect);
    }

    private void start() {
        filter("/*", LoginFilter.of(api));
        context.addServlet(new ServletHolder(new OwnServlet()), "/");
        server = PlainJetty.start(context);
    }

    private void filter(String path, Filter filter) {
        context.addFilter(new FilterHolder(filter), path, EnumSet.of(DispatcherType.REQUEST));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawAnswer send(RawRequest request) {
        return request.sendTo(server.port());
    }

    private RawRequest carrying(RawRequest request) {
        return request.header(asked.header().name(), asked.scheme() + Asked.token(send(asked.goodLogin())));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_guard_lets_those_pass_whose_token_holds(String name) {
        speak(name);
        filter("/orders/*", GuardFilter.of(api));
        start();

        RawAnswer passed = send(carrying(RawRequest.get("/orders/mine")));
        assertThat(passed.body()).startsWith("own GET /orders/mine han.solo 1 UserPrincipal[user=");
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS")) {
            RawAnswer none = send(RawRequest.of(method, "/orders/mine"));
            if (!method.equals("HEAD")) {
                OwnAnswer.check(none, dialect, method, Reason.MISSING_TOKEN);
            }
            assertThat(none.status())
                    .isEqualTo(dialect.errors()
                            .answer(Reason.MISSING_TOKEN)
                            .template()
                            .status());
        }
        OwnAnswer.check(
                send(RawRequest.get("/orders/mine").header(asked.header().name(), asked.scheme() + "junk")),
                dialect,
                "junk",
                Reason.MALFORMED_TOKEN);
        OwnAnswer.check(send(carrying(RawRequest.of("FILTER", "/orders/1"))), dialect, 1, Reason.METHOD_NOT_ALLOWED);
        assertThat(send(RawRequest.get("/open")).body()).startsWith("own GET /open nobody null null");
    }

    @Test
    void the_answer_has_the_headers_that_the_dialect_adds() {
        filter("/orders/*", GuardFilter.of(api));
        start();

        String token = Asked.token(send(asked.goodLogin()));
        RawAnswer passed =
                send(RawRequest.get("/orders/1").header(asked.header().name(), asked.scheme() + token));
        assertThat(passed.header("token")).isEqualTo(token);
    }

    @Test
    void an_optional_guard_lets_requests_without_a_token_pass_and_no_bad_token() {
        filter("/orders/*", GuardFilter.of(api.guard().optional()));
        start();

        assertThat(send(RawRequest.get("/orders/1")).body()).startsWith("own GET /orders/1 nobody null null");
        assertThat(send(carrying(RawRequest.get("/orders/1"))).body()).startsWith("own GET /orders/1 han.solo 1");
        OwnAnswer.check(
                send(RawRequest.get("/orders/1").header(asked.header().name(), "junk")),
                dialect,
                "junk",
                Reason.MALFORMED_TOKEN);
    }

    @Test
    void a_guard_asks_more_of_the_user() {
        filter("/vip/*", GuardFilter.of(api.guard().requiring("role", "admin")));
        filter("/own/*", GuardFilter.of(api.guard().requiring(user -> user.username() != null)));
        start();

        RawAnswer forbidden = send(carrying(RawRequest.get("/vip/1")));
        OwnAnswer.check(forbidden, dialect, "vip", Reason.FORBIDDEN);
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(send(carrying(RawRequest.get("/own/1"))).body()).startsWith("own GET /own/1 han.solo");
    }

    @Test
    void an_application_refuses_in_the_words_of_the_dialect() {
        GuardFilter guard = GuardFilter.of(api);
        filter("/orders/*", guard);
        HttpServlet closed = new HttpServlet() {
            @Override
            protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                request.getReader().readLine();
                assertThat(GuardFilter.user(request).username()).isNotNull();
                guard.refuse(request, response, Reason.FORBIDDEN);
            }

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                assertThatThrownBy(() -> GuardFilter.user(request))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("no GuardFilter guards this path");
            }
        };
        context.addServlet(new ServletHolder(closed), "/orders/closed");
        context.addServlet(new ServletHolder(closed), "/unguarded");
        start();

        RawAnswer answer = send(carrying(RawRequest.post("/orders/closed").body("line\n".repeat(10))));
        OwnAnswer.check(answer, dialect, "closed", Reason.FORBIDDEN);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(send(RawRequest.get("/unguarded")).status()).isEqualTo(200);
    }

    @Test
    void a_client_that_is_still_sending_gets_the_refusal() {
        filter("/orders/*", GuardFilter.of(api));
        start();

        RawAnswer refused = send(RawRequest.post("/orders/1").body("a".repeat(900_000)));
        OwnAnswer.check(refused, dialect, "large", Reason.MISSING_TOKEN);
    }

    @Test
    void a_filter_before_the_guard_answers_preflight_requests() {
        Filter cors = (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", "https://app.example.com");
            if (!((HttpServletRequest) request).getMethod().equals("OPTIONS")) {
                chain.doFilter(request, response);
            }
        };
        filter("/*", cors);
        filter("/orders/*", GuardFilter.of(api));
        start();

        assertThat(send(RawRequest.of("OPTIONS", "/orders/1")).status()).isEqualTo(200);
        RawAnswer refused = send(RawRequest.get("/orders/1"));
        OwnAnswer.check(refused, dialect, "no token", Reason.MISSING_TOKEN);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    }
}
