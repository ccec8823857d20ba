package dev.countersign.servlet;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.LoginApi;
import dev.countersign.api.LoginApis;
import dev.countersign.api.Plan;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Mounts login APIs in any servlet container: a filter for {@code /*} that answers their requests and lets all others pass. Immutable and thread-safe.
 *
 * <p>Jetty takes a header for that of an earlier request on the connection if they differ in case only, which can be another token: set {@code
 * HttpConfiguration.setHeaderCacheCaseSensitive(true)}.
 *
 * <p>A request is answered on the container's thread, unless {@link #hashingOn} gives those that may hash a password threads of their own.
 */
public final class LoginFilter implements Filter {

    /** How long the body of a request may take to arrive unless another timeout is given: 10 s. */
    public static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

    private final LoginApis apis;
    private final @Nullable Executor lane;
    private final Duration bodyTimeout;

    private LoginFilter(LoginApis apis, @Nullable Executor lane, Duration bodyTimeout) {
        this.apis = apis;
        this.lane = lane;
        this.bodyTimeout = bodyTimeout;
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

        return new LoginFilter(LoginApis.of(List.of(apis)), null, BODY_TIMEOUT);
    }

    /**
     * The same filter, which answers requests that may hash a password on threads of that executor, and holds no thread of the container meanwhile.
     * The filter must be registered with {@code async-supported}.
     *
     * @param executor runs one request per task; a task that it rejects is answered with 503 in the dialect's format, so a bounded queue bounds the
     *     wait
     * @return the filter
     */
    public LoginFilter hashingOn(Executor executor) {
        return new LoginFilter(apis, requireNonNull(executor, "executor"), bodyTimeout);
    }

    /**
     * The same filter with another timeout for the bodies of requests to the APIs. A later body is answered with 408 in the dialect's format: in time
     * where {@link #hashingOn} reads it, otherwise when its next byte arrives or the container ends the wait.
     *
     * @param timeout how long a body may take to arrive, 1 s to 60 s; 10 s unless given
     * @return the filter
     * @throws IllegalArgumentException if the timeout is out of range
     */
    public LoginFilter withBodyTimeout(Duration timeout) {
        requireNonNull(timeout, "timeout");
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("a body has 1 s to 60 s to arrive, not " + timeout);
        }
        return new LoginFilter(apis, lane, timeout);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(chain, "chain");

        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!apis.owns(ServletTransport.path(http))) {
            chain.doFilter(request, response);
            return;
        }
        RequestHead head = ServletTransport.head(http);
        Plan plan = apis.plan(head);
        if (lane != null && plan.lane() == Plan.Lane.HASHING) {
            handOver(http, answer, plan, head, lane);
            return;
        }
        if (head.length() == 0) {
            ServletTransport.send(apis.handle(new Request(head, Body.none())), answer);
            return;
        }
        try (Alarm alarm = Alarm.in(bodyTimeout);
                Body body = ServletTransport.body(http, plan.maxBodyBytes(), alarm)) {
            Answer given = apis.handle(new Request(head, body));
            if (!body.isReadable()) {
                ServletTransport.giveUp(http, answer);
            }
            ServletTransport.drain(http, alarm);
            ServletTransport.send(given, answer);
        }
    }

    private void handOver(
            HttpServletRequest request, HttpServletResponse response, Plan plan, RequestHead head, Executor to)
            throws IOException {
        if (!request.isAsyncSupported()) {
            throw new IllegalStateException("LoginFilter.hashingOn needs async-supported: register this filter, each"
                    + " filter before it and the servlet behind it with it");
        }
        // With the wrappers that earlier filters have put around both.
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        LaneTask task = new LaneTask(apis, head, to, context);
        if (plan.maxBodyBytes() == 0) {
            task.accept(Body.none());
        } else {
            BodyListener.read(context, plan.maxBodyBytes(), ServletTransport.mostUnread(request), bodyTimeout, task);
        }
    }
}
