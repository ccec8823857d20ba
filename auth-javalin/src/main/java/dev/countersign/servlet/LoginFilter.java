package dev.countersign.servlet;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.LoginApi;
import dev.countersign.api.LoginApis;
import dev.countersign.api.Plan;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Mounts login APIs in any servlet container: a filter for {@code /*} that answers their requests and lets all others pass. Immutable and thread-safe.
 *
 * <p>A request is answered on the container's thread, unless {@link #hashingOn} gives those that may hash a password threads of their own.
 */
public final class LoginFilter implements Filter {

    /** How long the body of a request that may hash may take to arrive where {@link #hashingOn} is used: 10 s. */
    public static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

    // A client that is still sending would lose the answer with a closed connection (RFC 9112 §9.6).
    private static final int MOST_UNREAD = 1 << 20;

    private final LoginApis apis;
    private final @Nullable Executor lane;

    private LoginFilter(LoginApis apis, @Nullable Executor lane) {
        this.apis = apis;
        this.lane = lane;
    }

    /**
     * A filter for these APIs.
     *
     * @param apis at least one
     * @return the filter
     * @throws IllegalArgumentException if there is none, or two APIs share a route, naming every such route
     */
    public static LoginFilter of(LoginApi... apis) {
        requireNonNull(apis, "apis");

        return new LoginFilter(LoginApis.of(List.of(apis)), null);
    }

    /**
     * The same filter, which answers requests that may hash a password on threads of that executor and holds none of the container's meanwhile. The filter must be
     * registered with {@code async-supported}.
     *
     * @param executor runs one request per task; a task that it rejects is answered with 503 in the dialect's words, so a bounded queue bounds the wait
     * @return the filter
     */
    public LoginFilter hashingOn(Executor executor) {
        return new LoginFilter(apis, requireNonNull(executor, "executor"));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!apis.owns(ServletTransport.path(http))) {
            chain.doFilter(request, response);
            return;
        }
        RequestHead head = ServletTransport.head(http);
        Plan plan = apis.plan(head);
        if (lane != null && plan.lane() == Plan.Lane.HASHING) {
            if (!http.isAsyncSupported()) {
                throw new UnavailableException(
                        "LoginFilter.hashingOn needs a filter, and all filters and the servlet of its chain,"
                                + " registered with async-supported");
            }
            BodyListener.read(
                    http, plan.maxBodyBytes(), BODY_TIMEOUT, new LaneTask(apis, head, lane, http.startAsync()));
            return;
        }
        try (Body body = body(http, plan)) {
            Answer given = apis.handle(new Request(head, body));
            drain(http, head);
            ServletTransport.send(given, answer);
        }
    }

    private static Body body(HttpServletRequest request, Plan plan) {
        try {
            return ServletTransport.body(request, plan.maxBodyBytes());
        } catch (IOException cutOff) {
            return Body.broken();
        }
    }

    /** Reads on where the rest is known to be small. A client that asks before it sends is answered in time (RFC 9110 §10.1.1). */
    private static void drain(HttpServletRequest request, RequestHead head) {
        if (head.length() <= 0
                || head.length() > MOST_UNREAD
                || head.headers().first("Expect").isPresent()) {
            return;
        }
        try {
            InputStream in = request.getInputStream();
            byte[] rest = new byte[8192];
            while (in.read(rest) >= 0) {
                // Nobody wants it.
            }
        } catch (IOException gone) {
            // The answer tells, if anybody is there to read it.
        }
    }
}
