package dev.countersign.javalin;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.api.LoginApis;
import dev.countersign.javalin.jetty.BodyGate;
import io.javalin.config.JavalinState;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.util.Util;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Mounts dialects on any Javalin application: {@code cfg.registerPlugin(AuthPlugin.mounting(LoginApi.of(auth)))}. Every path of a
 * dialect answers every method in the dialect's own words; everything below a prefix belongs to the dialect; other paths are left to the
 * application.
 */
public final class AuthPlugin extends Plugin<Void> {

    /** How long the body of a request may take to arrive unless another timeout is given: 10 s. */
    public static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

    // For bodies of more than 4 KiB; logins are smaller.
    private static final long SHARE_OF_MEMORY = 16;

    private static final ImmutableList<HandlerType> METHODS = ImmutableList.of(
            HandlerType.GET,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.HEAD,
            HandlerType.OPTIONS);

    private final LoginApis apis;
    private final boolean everything;
    private final Duration bodyTimeout;

    private AuthPlugin(LoginApis apis, boolean everything, Duration bodyTimeout) {
        this.apis = apis;
        this.everything = everything;
        this.bodyTimeout = bodyTimeout;
    }

    /**
     * A plugin for these APIs.
     *
     * @param apis at least one
     * @return the plugin
     * @throws IllegalArgumentException if there is none, or two APIs share a route, naming every such route
     */
    public static AuthPlugin mounting(LoginApi... apis) {
        requireNonNull(apis, "apis");

        return mounting(List.of(apis));
    }

    /**
     * A plugin for these APIs.
     *
     * @param apis at least one
     * @return the plugin
     * @throws IllegalArgumentException if there is none, or two APIs share a route, naming every such route
     */
    public static AuthPlugin mounting(List<LoginApi> apis) {
        return new AuthPlugin(LoginApis.of(requireNonNull(apis, "apis")), false, BODY_TIMEOUT);
    }

    /**
     * The same plugin for an application that has nothing but dialects: any other path is answered by the dialect whose paths it is nearest to.
     *
     * @return the plugin
     */
    public AuthPlugin answeringUnknownRoutes() {
        return new AuthPlugin(apis, true, bodyTimeout);
    }

    /**
     * The same plugin with another timeout for the bodies of requests to the dialects. Half of it over, a body must have come at 256 bytes a second or have
     * ended.
     *
     * @param timeout how long a body may take to arrive, 1 s to 60 s; 10 s unless given
     * @return the plugin
     * @throws IllegalArgumentException if the timeout is out of range
     */
    public AuthPlugin withBodyTimeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("a body has 1 s to 60 s to arrive, not " + timeout);
        }
        return new AuthPlugin(apis, everything, timeout);
    }

    /** {@return the APIs} */
    public List<LoginApi> apis() {
        return apis.all();
    }

    @Override
    public String name() {
        return "countersign";
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public void onInitialize(JavalinState state) {
        // Jetty hands out a header of an earlier request of the connection for one that differs in case only: another
        // token, to us.
        state.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheCaseSensitive(true));
    }

    @Override
    public void onStart(JavalinState state) {
        requireNonNull(state, "state");

        Set<String> paths = new LinkedHashSet<>();
        for (LoginApi api : apis.all()) {
            // The router may ignore a trailing slash; the dialect never does.
            api.routes().forEach(route -> paths.add(withoutSlash(route.path())));
            if (!api.prefix().isEmpty()) {
                // A path parameter matches everything but nothing.
                paths.add(api.prefix() + "/");
                paths.add(api.prefix() + "/<path>");
            }
        }
        Handler handler = context -> JavalinTransport.answer(apis, context);
        paths.forEach(path -> route(state, path, handler));
        if (everything) {
            for (HandlerType method : METHODS) {
                state.routes.addHttpHandler(method, "/", handler);
                state.routes.addHttpHandler(method, "/<path>", handler);
            }
        }
        Stages.adapt(state.servletRequestLifecycle);
        state.jetty.modifyServer(server -> server.insertHandler(new BodyGate(
                head -> apis.plan(head).maxBodyBytes(),
                contextPath(state),
                bodyTimeout,
                Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY)));
    }

    private static String contextPath(JavalinState state) {
        String path = Util.normalizeContextPath(state.router.contextPath);
        return path.equals("/") ? "" : path;
    }

    private static void route(JavalinState state, String path, Handler handler) {
        // A made-up method can match a handler that is no route, such as one called AFTER.
        state.routes.addHttpHandler(HandlerType.BEFORE, path, context -> {
            if (!METHODS.contains(context.method())) {
                handler.handle(context);
                Stages.end(context);
            }
        });
        METHODS.forEach(method -> {
            if (method.equals(HandlerType.OPTIONS) && state.internalRouter.hasHttpHandlerEntry(method, path)) {
                // The application answers preflight requests itself.
                return;
            }
            state.routes.addHttpHandler(method, path, handler);
            if (!state.router.ignoreTrailingSlashes && !path.endsWith(">") && !path.endsWith("/")) {
                state.routes.addHttpHandler(method, path + "/", handler);
            }
        });
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
