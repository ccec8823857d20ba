package dev.countersign.javalin;

import dev.countersign.dialect.Reason;
import dev.countersign.javalin.wire.MountedDialect;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/**
 * Guards an application's own routes: {@code cfg.routes.before("/orders/*", RequireLogin.of(mount))}. A request whose token holds goes on with
 * its {@link #user principal}; any other is answered in the dialect's words and ends there.
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
        Optional<Authenticated> by = dialect.admit(context);
        by.ifPresent(authenticated -> context.attribute(PRINCIPAL, authenticated));
        if (by.isEmpty()) {
            context.skipRemainingHandlers();
        }
    }

    /**
     * Refuses a request in the dialect's words, and leaves out the handlers that would come next: {@link Reason#FORBIDDEN} for what a user may not
     * do, {@link Reason#MISSING_TOKEN} for what needs a login.
     *
     * @param context a request that has not been answered
     * @param reason why; its answer in the dialect's file is sent
     */
    public void refuse(Context context, Reason reason) {
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
            throw new IllegalStateException(
                    "no RequireLogin guards this route: cfg.routes.before(\"/orders/*\", RequireLogin.of(mount))");
        }
        return by.user();
    }
}
