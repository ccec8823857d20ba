package dev.countersign.javalin;

import static java.util.Objects.requireNonNull;

import dev.countersign.api.Admission;
import dev.countersign.api.Body;
import dev.countersign.api.Guard;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.dialect.Reason;
import dev.countersign.servlet.ServletTransport;
import dev.countersign.user.User;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Optional;

/**
 * Guards an application's own routes: {@code cfg.routes.beforeMatched("/orders/*", RequireLogin.of(api))}. A request with a valid token continues with its {@link #user principal};
 * any other request gets the dialect's error, and no handler of its route runs.
 *
 * <p>A preflight request of a browser (OPTIONS with {@code Origin} and {@code Access-Control-Request-Method}) carries no token. It passes to the application's CORS plugin; no handler of its route runs.
 */
public final class RequireLogin implements Handler {

    private static final String ADMITTED = RequireLogin.class.getName();

    private final Guard guard;

    private RequireLogin(Guard guard) {
        this.guard = guard;
    }

    /**
     * Creates a guard that accepts the tokens of an API.
     *
     * @param api the API that issues the tokens
     * @return the guard
     */
    public static RequireLogin of(LoginApi api) {
        return new RequireLogin(api.guard());
    }

    /**
     * Creates a handler for a guard with conditions, such as {@code api.guard().requiring("role", "admin")}.
     *
     * @param guard the guard
     * @return the handler
     */
    public static RequireLogin of(Guard guard) {
        return new RequireLogin(requireNonNull(guard, "guard"));
    }

    @Override
    public void handle(Context context) {
        if (isPreflight(context) && Stages.passPreflight(context)) {
            return;
        }
        Admission admission = guard.admit(new Request(ServletTransport.head(context.req()), Body.none()));
        if (admission instanceof Admission.Admitted admitted) {
            admitted.headers().forEach(context::header);
            context.attribute(ADMITTED, admitted);
        } else {
            JavalinTransport.send(((Admission.Refused) admission).answer(), context);
            Stages.end(context);
        }
    }

    private static boolean isPreflight(Context context) {
        return context.method().equals(HandlerType.OPTIONS)
                && context.req().getMethod().equals(HandlerType.OPTIONS.name())
                && context.header("Origin") != null
                && context.header("Access-Control-Request-Method") != null;
    }

    /**
     * Refuses a request with the dialect's error, and skips the remaining handlers. Use {@link Reason#FORBIDDEN} for an action that the user must not
     * perform, {@link Reason#MISSING_TOKEN} for an action that needs a login.
     *
     * @param context a request that has no answer yet
     * @param reason the reason; selects the error in the dialect file
     */
    public void refuse(Context context, Reason reason) {
        requireNonNull(context, "context");
        requireNonNull(reason, "reason");

        JavalinTransport.send(guard.api().refuse(ServletTransport.head(context.req()), reason), context);
        context.skipRemainingHandlers();
    }

    /**
     * Returns the user of a guarded request.
     *
     * @param context a request that a guard has admitted
     * @return the user
     * @throws IllegalStateException if no guard has admitted the request, or it carries no token
     */
    public static User user(Context context) {
        return userIfAny(context)
                .orElseThrow(
                        () -> new IllegalStateException("no RequireLogin guards this route, or its guard is optional:"
                                + " cfg.routes.beforeMatched(\"/orders/*\", RequireLogin.of(api))"));
    }

    /**
     * Returns the user of a request, if any; for guards that admit requests without a token ({@link Guard#optional}).
     *
     * @param context the request
     * @return the user; empty for a request without a token, or one that no guard has checked
     */
    public static Optional<User> userIfAny(Context context) {
        Admission.Admitted admitted = context.attribute(ADMITTED);
        return admitted == null ? Optional.empty() : admitted.user();
    }
}
