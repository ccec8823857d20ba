package dev.countersign.servlet;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Admission;
import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.Guard;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.dialect.Reason;
import dev.countersign.user.User;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards an application's own paths in any servlet container: a filter for {@code /orders/*}. A request with a valid token continues with its {@link
 * #user principal}; any other is answered in the dialect's format. Put a filter that answers browsers' preflight requests before this one: they carry
 * no token. Immutable and thread-safe.
 */
public final class GuardFilter implements Filter {

    private static final String ADMITTED = GuardFilter.class.getName();

    private final Guard guard;

    private GuardFilter(Guard guard) {
        this.guard = guard;
    }

    /**
     * A filter that accepts the tokens of an API.
     *
     * @param api the API that issues the tokens
     * @return the filter
     */
    public static GuardFilter of(LoginApi api) {
        return new GuardFilter(api.guard());
    }

    /**
     * A filter that passes the requests that a guard admits.
     *
     * @param guard the guard
     * @return the filter
     */
    public static GuardFilter of(Guard guard) {
        return new GuardFilter(requireNonNull(guard, "guard"));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(chain, "chain");

        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        Admission admission = guard.admit(new Request(ServletTransport.head(http), Body.none()));
        if (admission instanceof Admission.Refused refused) {
            send(refused.answer(), http, answer);
            return;
        }
        Admission.Admitted admitted = (Admission.Admitted) admission;
        admitted.headers().forEach(answer::setHeader);
        http.setAttribute(ADMITTED, admitted);
        chain.doFilter(new Admitted(http, admitted), response);
    }

    /** The request with the principal in the Servlet API's own methods. */
    private static final class Admitted extends HttpServletRequestWrapper {

        private final Admission.Admitted admitted;

        Admitted(HttpServletRequest request, Admission.Admitted admitted) {
            super(request);
            this.admitted = admitted;
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            return admitted.user().<Principal>map(UserPrincipal::new).orElse(null);
        }

        @Override
        public @Nullable String getRemoteUser() {
            return admitted.user()
                    .map(user -> new UserPrincipal(user).getName())
                    .orElse(null);
        }
    }

    /**
     * A user as the principal of the Servlet API and Spring MVC.
     *
     * @param user the user
     */
    public record UserPrincipal(User user) implements Principal {

        /** Rejects null. */
        public UserPrincipal {
            requireNonNull(user, "user");
        }

        /** {@return the user's number} */
        @Override
        public String getName() {
            return Long.toString(user.id().value());
        }
    }

    /**
     * The user a guarded request acts as.
     *
     * @param request a request that a guard admitted
     * @return the user
     * @throws IllegalStateException if no guard admitted it, or it carries no token
     */
    public static User user(ServletRequest request) {
        return userIfAny(request)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "no GuardFilter guards this path, or it lets requests without a token pass: userIfAny(request)"));
    }

    /**
     * The user a request acts as, where a guard admits requests without a token.
     *
     * @param request the request
     * @return the user; empty for a request without a token, or one that no guard has admitted
     */
    public static Optional<User> userIfAny(ServletRequest request) {
        return request.getAttribute(ADMITTED) instanceof Admission.Admitted admitted
                ? admitted.user()
                : Optional.empty();
    }

    /**
     * Refuses a request in the dialect's format: {@link Reason#FORBIDDEN} for an action that the user may not do, {@link Reason#MISSING_TOKEN} for
     * one that needs a login.
     *
     * @param request the request
     * @param response its response, not committed
     * @param reason the reason; the dialect defines its answer
     * @throws IOException if the client has gone
     */
    public void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason) throws IOException {
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(reason, "reason");

        send(guard.api().refuse(ServletTransport.head(request), reason), request, response);
    }

    private static void send(Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (ServletTransport.length(request) != 0) {
            try (Alarm alarm = Alarm.in(LoginFilter.BODY_TIMEOUT)) {
                ServletTransport.drain(request, alarm);
            }
        }
        ServletTransport.send(answer, response);
    }
}
