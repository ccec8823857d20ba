package dev.countersign.javalin;

import static java.util.Objects.requireNonNull;

import dev.countersign.dialect.Reason;
import dev.countersign.javalin.wire.MountedDialect;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Optional;

/**
 * Guards an application's own routes: {@code cfg.routes.beforeMatched("/orders/*", RequireLogin.of(mount))}. A request whose token holds goes on with
 * its {@link #user principal}; any other is answered in the dialect's words, and no handler of its route runs.
 *
 * <p>A preflight request of a browser (OPTIONS with {@code Origin} and {@code Access-Control-Request-Method}) carries no token. It passes to the application's CORS
 * plugin, and no handler of its route runs for it either.
 */
public final class RequireLogin implements Handler {

    private static final String PRINCIPAL = RequireLogin.class.getName();

    private final MountedDialect dialect;

    private RequireLogin(MountedDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * A guard that takes the tokens of a mount.
     *
     * @param mount the mount whose tokens are asked for
     * @return the guard
     */
    public static RequireLogin of(Mount mount) {
        return new RequireLogin(mount.mounted());
    }

    @Override
    public void handle(Context context) {
        if (isPreflight(context) && Stages.passPreflight(context)) {
            return;
        }
        Optional<Authenticated> by = dialect.admit(context);
        by.ifPresent(authenticated -> context.attribute(PRINCIPAL, authenticated));
        if (by.isEmpty()) {
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

        dialect.refuse(context, reason);
        context.skipRemainingHandlers();
    }

    /**
     * The user a guarded request acts as.
     *
     * @param context a request that a guard let pass
     * @return the user
     * @throws IllegalStateException if no guard let it pass
     */
    public static User user(Context context) {
        Authenticated by = context.attribute(PRINCIPAL);
        if (by == null) {
            throw new IllegalStateException("no RequireLogin guards this route:"
                    + " cfg.routes.beforeMatched(\"/orders/*\", RequireLogin.of(mount))");
        }
        return by.user();
    }
}
