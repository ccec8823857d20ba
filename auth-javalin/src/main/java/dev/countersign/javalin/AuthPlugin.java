package dev.countersign.javalin;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.api.LoginApis;
import dev.countersign.javalin.jetty.BodyGate;
import dev.countersign.servlet.HashThreads;
import dev.countersign.servlet.ServletTransport;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.util.Util;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mounts dialects on any Javalin application: {@code cfg.registerPlugin(AuthPlugin.mounting(LoginApi.of(auth)))}. Each path of a dialect answers every method, wrong ones with the dialect's own error. All paths below a prefix belong to the
 * dialect; the application keeps all other paths. Requests that may hash a password are answered on {@link HashThreads}, so that logins that wait hold none of the server's threads.
 */
public final class AuthPlugin extends Plugin<Void> {

    /** The default timeout for the body of a request: 10 s. */
    public static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

    // The part of the heap for bodies above 4 KiB, as a divisor; logins are smaller.
    private static final long MEMORY_DIVISOR = 16;

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

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
     * Creates a plugin that mounts APIs.
     *
     * @param apis the APIs, at least one
     * @return the plugin
     * @throws IllegalArgumentException if there is no API, or two APIs share a route; the message names every such route
     */
    public static AuthPlugin mounting(LoginApi... apis) {
        requireNonNull(apis, "apis");

        return mounting(List.of(apis));
    }

    /**
     * Creates a plugin that mounts APIs.
     *
     * @param apis the APIs, at least one
     * @return the plugin
     * @throws IllegalArgumentException if there is no API, or two APIs share a route; the message names every such route
     */
    public static AuthPlugin mounting(List<LoginApi> apis) {
        return new AuthPlugin(LoginApis.of(requireNonNull(apis, "apis")), false, BODY_TIMEOUT);
    }

    /**
     * Returns a plugin for an application that has only dialects: the dialect with the nearest path answers any other path.
     *
     * @return the plugin
     */
    public AuthPlugin answeringUnknownRoutes() {
        return new AuthPlugin(apis, true, bodyTimeout);
    }

    /**
     * Returns a plugin with another timeout for bodies of requests to the dialects. After half of the timeout, a body must be complete or have arrived at
     * 256 bytes per second.
     *
     * @param timeout the timeout for a body, 1 s to 60 s; the default is 10 s
     * @return the plugin
     * @throws IllegalArgumentException if the timeout is outside that range
     */
    public AuthPlugin withBodyTimeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("the timeout for bodies must be 1 s to 60 s, not " + timeout);
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
        // By default Jetty may reuse the value of an earlier request's header that differs only in case: for us,
        // another
        // user's token.
        state.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheCaseSensitive(true));
    }

    @Override
    public void onStart(JavalinState state) {
        requireNonNull(state, "state");

        Set<String> paths = new LinkedHashSet<>();
        for (LoginApi api : apis.all()) {
            // The router may ignore a trailing slash; a dialect never does.
            api.routes()
                    .forEach(route -> paths.add(
                            withoutSlash(PARAMETER.matcher(route.path()).replaceAll("{parameter}"))));
            if (!api.prefix().isEmpty()) {
                // A path parameter does not match the empty path.
                paths.add(api.prefix() + "/");
                paths.add(api.prefix() + "/<path>");
            }
        }
        HashThreads lane = HashThreads.of(apis.all());
        Handler handler = context -> JavalinTransport.answer(apis, lane, context);
        paths.forEach(path -> route(state, path, handler, apis));
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
                Runtime.getRuntime().maxMemory() / MEMORY_DIVISOR)));
    }

    private static String contextPath(JavalinState state) {
        String path = Util.normalizeContextPath(state.router.contextPath);
        return path.equals("/") ? "" : path;
    }

    private static void route(JavalinState state, String path, Handler handler, LoginApis apis) {
        // A request may name a method such as AFTER, which Javalin uses internally: handle every unknown method here.
        state.routes.addHttpHandler(HandlerType.BEFORE, path, context -> {
            // A dialect with a CORS policy answers preflight requests itself, before any OPTIONS handler of the
            // application.
            if (!METHODS.contains(context.method()) || isAnsweredPreflight(context, apis)) {
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

    private static boolean isAnsweredPreflight(Context context, LoginApis apis) {
        return context.req().getMethod().equals(HandlerType.OPTIONS.name())
                && apis.answersPreflight(ServletTransport.head(context.req()));
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
