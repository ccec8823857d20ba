package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Route;
import dev.countersign.javalin.wire.MountedDialect;
import io.javalin.config.JavalinState;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mounts dialects on any Javalin application: {@code cfg.registerPlugin(AuthPlugin.mounting(Mount.of(dialect, auth)))}. Every path of a
 * dialect answers every method in the dialect's own words; everything below a prefix belongs to the dialect; other paths are left to the
 * application.
 */
public final class AuthPlugin extends Plugin<Void> {

    private static final List<HandlerType> METHODS = List.of(
            HandlerType.GET,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.HEAD);

    private static final List<HandlerType> EVERY_METHOD = ImmutableList.<HandlerType>builder()
            .addAll(METHODS)
            .add(HandlerType.OPTIONS)
            .build();

    private final ImmutableList<Mount> mounts;
    private final boolean everything;

    private AuthPlugin(ImmutableList<Mount> mounts, boolean everything) {
        this.mounts = mounts;
        this.everything = everything;
    }

    /**
     * A plugin for these mounts.
     *
     * @param mounts at least one
     * @return the plugin
     * @throws IllegalArgumentException if two mounts share a route, naming every such route
     */
    public static AuthPlugin mounting(Mount... mounts) {
        return mounting(List.of(mounts));
    }

    /**
     * A plugin for these mounts.
     *
     * @param mounts at least one
     * @return the plugin
     * @throws IllegalArgumentException if there is none, or two mounts share a route, naming every such route
     */
    public static AuthPlugin mounting(List<Mount> mounts) {
        if (mounts.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to mount");
        }
        Map<Route, String> owners = new LinkedHashMap<>();
        Set<String> shared = new LinkedHashSet<>();
        for (Mount mount : mounts) {
            for (Route route : mount.routes()) {
                owners.forEach((other, owner) -> {
                    if (other.covers(route)) {
                        shared.add(
                                route + " (" + owner + " and " + mount.dialect().name() + ")");
                    }
                });
                owners.putIfAbsent(route, mount.dialect().name());
            }
        }
        if (!shared.isEmpty()) {
            throw new IllegalArgumentException(
                    "two dialects share a route; mount one of them below a prefix: " + String.join(", ", shared));
        }
        return new AuthPlugin(ImmutableList.copyOf(mounts), false);
    }

    /**
     * The same plugin for an application that has nothing but dialects: any other path is answered by the dialect whose paths it is nearest to.
     *
     * @return the plugin
     */
    public AuthPlugin answeringUnknownRoutes() {
        return new AuthPlugin(mounts, true);
    }

    /** {@return the mounts} */
    public ImmutableList<Mount> mounts() {
        return mounts;
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
        Map<String, Set<MountedDialect>> byPath = new LinkedHashMap<>();
        for (Mount mount : mounts) {
            MountedDialect mounted = mount.mounted();
            for (Route route : mounted.routes()) {
                // The router may ignore a trailing slash; the dialect never does.
                byPath.computeIfAbsent(withoutSlash(route.path()), path -> new LinkedHashSet<>())
                        .add(mounted);
            }
            if (!mount.prefix().isEmpty()) {
                // A path parameter matches everything but nothing.
                for (String below : List.of("/", "/<path>")) {
                    byPath.computeIfAbsent(mount.prefix() + below, path -> new LinkedHashSet<>())
                            .add(mounted);
                }
            }
        }
        byPath.forEach((path, dialects) -> route(state, path, ImmutableList.copyOf(dialects)));
        if (everything) {
            ImmutableList<MountedDialect> all =
                    byPath.values().stream().flatMap(Set::stream).distinct().collect(ImmutableList.toImmutableList());
            Handler handler = context -> MountedDialect.handleNearest(all, context);
            for (HandlerType method : EVERY_METHOD) {
                state.routes.addHttpHandler(method, "/", handler);
                state.routes.addHttpHandler(method, "/<path>", handler);
            }
        }
    }

    private static void route(JavalinState state, String path, ImmutableList<MountedDialect> dialects) {
        Handler handler = context -> MountedDialect.handle(dialects, context);
        // A made-up method can match a handler that is no route, such as one called AFTER.
        state.routes.addHttpHandler(HandlerType.BEFORE, path, context -> {
            if (!EVERY_METHOD.contains(context.method())) {
                handler.handle(context);
                context.skipRemainingHandlers();
            }
        });
        METHODS.forEach(method -> {
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
