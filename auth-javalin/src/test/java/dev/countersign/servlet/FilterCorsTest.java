package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.CorsPolicy;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.Browser;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp.Parts;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mount with a CORS policy in a servlet container, which may have its own CORS filter. */
class FilterCorsTest {

    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final LoginApi api =
            new Parts().mount(ShippedDialects.dialect("standard")).withCors(CorsPolicy.allowing(Browser.ORIGIN));
    private final Asked asked = new Asked(api.dialect());
    private PlainJetty server = null;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(Filter... filters) {
        server = PlainJetty.start(filters);
    }

    private RawAnswer send(RawRequest request) {
        return request.sendTo(server.port());
    }

    /** The application's own: every origin, as some applications have it. */
    private static Filter everyOrigin(boolean ignoresNull) {
        return (request, response, chain) -> {
            HttpServletResponse http = (HttpServletResponse) response;
            http.setHeader(ALLOWED, "*");
            http.addHeader("Vary", "Accept-Encoding");
            http.addHeader("Vary", "Origin");
            chain.doFilter(request, ignoresNull ? new IgnoringNull(http) : http);
        };
    }

    /** A container of Servlet 6.0, where a null value may be ignored. */
    private static final class IgnoringNull extends HttpServletResponseWrapper {

        IgnoringNull(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setHeader(String name, @Nullable String value) {
            if (value != null) {
                super.setHeader(name, value);
            }
        }
    }

    private static RawRequest preflight(String origin) {
        return RawRequest.of("OPTIONS", "/auth/login")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_policy_replaces_what_a_filter_of_the_application_has_set(boolean ignoresNull) {
        start(everyOrigin(ignoresNull), LoginFilter.of(api));

        RawAnswer login = send(asked.goodLogin().header("Origin", Browser.ORIGIN));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.all(ALLOWED)).containsExactly(Browser.ORIGIN);
        assertThat(login.header("Vary")).isEqualTo("Accept-Encoding, Origin");
        RawAnswer evil = send(asked.goodLogin().header("Origin", "https://evil.example"));
        assertThat(String.join("", evil.all(ALLOWED))).isEmpty();
        assertThat(send(preflight(Browser.ORIGIN)).header(ALLOWED)).isEqualTo(Browser.ORIGIN);
        assertThat(String.join("", send(preflight("https://evil.example")).all(ALLOWED)))
                .isEmpty();
        assertThat(send(RawRequest.get("/orders")).header(ALLOWED)).isEqualTo("*");
    }

    @Test
    void a_full_lane_is_readable_and_a_preflight_request_needs_no_lane() {
        start(LoginFilter.of(api).hashingOn(work -> {
            throw new RejectedExecutionException();
        }));

        RawAnswer full = send(asked.goodLogin().header("Origin", Browser.ORIGIN));
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.header(ALLOWED)).isEqualTo(Browser.ORIGIN);
        assertThat(full.header("Access-Control-Expose-Headers")).contains("Retry-After");
        RawAnswer asks = send(preflight(Browser.ORIGIN));
        assertThat(asks.status()).isEqualTo(204);
        assertThat(asks.header("Access-Control-Allow-Methods")).isEqualTo("POST");
    }

    @Test
    void guarded_paths_follow_the_application() {
        start(LoginFilter.of(api), GuardFilter.of(api));

        for (String method : List.of("GET", "OPTIONS")) {
            RawAnswer refused = send(RawRequest.of(method, "/orders")
                    .header("Origin", Browser.ORIGIN)
                    .header("Access-Control-Request-Method", "GET"));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headerLines()).noneMatch(line -> line.startsWith("Access-Control-"));
        }
    }
}
