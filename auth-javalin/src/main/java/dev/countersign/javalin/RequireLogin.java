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
 * Guards an application's own routes: {@code cfg.routes.beforeMatched("/orders/*", RequireLogin.of(api))}. A request whose token holds goes on with
 * its {@link #user principal}; any other is answered in the dialect's words, and no handler of its route runs.
 *
 * <p>A preflight request of a browser (OPTIONS with {@code Origin} and {@code Access-Control-Request-Method}) carries no token. It passes to the application's CORS
 * plugin, and no handler of its route runs for it either.
 */
public final class RequireLogin implements Handler {

    private static final String ADMITTED = RequireLogin.class.getName();

    private final Guard guard;

    private RequireLogin(Guard guard) {
        this.guard = guard;
    }

    /**
     * A guard that takes the tokens of an API.
     *
     * @param api the API whose tokens are asked for
     * @return the guard
     */
    public static RequireLogin of(LoginApi api) {
        return new RequireLogin(api.guard());
    }

    /**
     * A handler for what a guard admits, such as {@code api.guard().requiring("role", "admin")}.
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
     * Refuses a request in the dialect's words, and leaves out the handlers that would come next: {@link Reason#FORBIDDEN} for what a user may not
     * do, {@link Reason#MISSING_TOKEN} for what needs a login.
     *
     * @param context a request that has not been answered
     * @param reason why; its answer in the dialect's file is sent
     */
    public void refuse(Context context, Reason reason) {
        requireNonNull(context, "context");
        requireNonNull(reason, "reason");

        JavalinTransport.send(guard.api().refuse(ServletTransport.head(context.req()), reason), context);
        context.skipRemainingHandlers();
    }

    /**
     * The user a guarded request acts as.
     *
     * @param context a request that a guard let pass
     * @return the user
     * @throws IllegalStateException if no guard let it pass, or it carries no token
     */
    public static User user(Context context) {
        return userIfAny(context)
                .orElseThrow(
                        () -> new IllegalStateException("no RequireLogin guards this route, or its guard is optional:"
                                + " cfg.routes.beforeMatched(\"/orders/*\", RequireLogin.of(api))"));
    }

    /**
     * The user a request acts as, where a guard lets requests without a token pass ({@link Guard#optional}).
     *
     * @param context the request
     * @return the user; empty for a request without a token, or one that no guard has seen
     */
    public static Optional<User> userIfAny(Context context) {
        Admission.Admitted admitted = context.attribute(ADMITTED);
        return admitted == null ? Optional.empty() : admitted.user();
    }
}
