package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Login APIs side by side on one server; a request goes to the API whose path it has. Immutable and thread-safe. */
public final class LoginApis {

    private final ImmutableList<LoginApi> all;

    private LoginApis(ImmutableList<LoginApi> all) {
        this.all = all;
    }

    /** {@return a single API} */
    static LoginApis of(LoginApi api) {
        return new LoginApis(ImmutableList.of(api));
    }

    /**
     * Login APIs side by side.
     *
     * @param apis at least one
     * @return all of them
     * @throws IllegalArgumentException if there is none, or two APIs share a route, naming every such route; checks for proxies may share one, where
     *     the first API that admits a request answers it
     */
    public static LoginApis of(List<LoginApi> apis) {
        requireNonNull(apis, "apis");

        if (apis.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to mount");
        }
        Map<Route, LoginApi> owners = new LinkedHashMap<>();
        Set<String> shared = new LinkedHashSet<>();
        for (LoginApi api : apis) {
            for (Route route : api.routes()) {
                owners.forEach((other, owner) -> {
                    if (other.covers(route)
                            && !(owner.table().isForProxies(other)
                                    && api.table().isForProxies(route))) {
                        shared.add(route + " (" + owner.dialect().name() + " and "
                                + api.dialect().name() + ")");
                    }
                });
                owners.putIfAbsent(route, api);
            }
        }
        if (!shared.isEmpty()) {
            throw new IllegalArgumentException(
                    "two dialects share a route; mount one of them below a prefix: " + String.join(", ", shared));
        }
        return new LoginApis(ImmutableList.copyOf(apis));
    }

    /** {@return the APIs, in their order} */
    public List<LoginApi> all() {
        return all;
    }

    /**
     * Checks whether a request belongs to one of the APIs: its path is that of a route, with any method and query, or lies below the prefix of an API
     * that has one.
     *
     * @param path the path as it was sent, without the application's context path
     * @return whether {@link #handle} answers the request; otherwise it belongs to the application
     */
    public boolean owns(String path) {
        requireNonNull(path, "path");

        for (LoginApi api : all) {
            if (!api.prefix().isEmpty() && path.startsWith(api.prefix() + "/")) {
                return true;
            }
            if (api.table().hasPath(path)) {
                return true;
            }
        }
        return false;
    }

    /**
     * How to run a request.
     *
     * @param head the request without its body
     * @return the plan; if several routes differ only in their query, it suits all of them
     */
    public Plan plan(RequestHead head) {
        requireNonNull(head, "head");

        int most = 0;
        Plan.Lane lane = Plan.Lane.VERIFYING;
        for (LoginApi api : all) {
            for (EndpointHandler handler : api.table().handlers(head)) {
                Plan plan = handler.plan(head);
                most = Math.max(most, plan.maxBodyBytes());
                lane = plan.lane() == Plan.Lane.HASHING ? Plan.Lane.HASHING : lane;
            }
        }
        return new Plan(most, lane);
    }

    /**
     * Answers a request of any method. A path of no API is answered with {@link Reason#NOT_FOUND} by the API whose paths share the longest beginning
     * with it, the first of several.
     *
     * @param request the request, with its body as far as {@link #plan} asked for it
     * @return the answer
     */
    public Answer handle(Request request) {
        requireNonNull(request, "request");

        if (CrossOrigin.isPreflight(request.head())) {
            Optional<Answer> preflight = preflight(request.head());
            if (preflight.isPresent()) {
                return preflight.get();
            }
        }
        Exchange exchange = new Exchange(request);
        List<ProxyChecks.Candidate> checks = new ArrayList<>();
        for (LoginApi api : all) {
            Optional<EndpointHandler> handler = api.table().handler(exchange);
            if (handler.isPresent() && handler.get().isForProxies()) {
                checks.add(new ProxyChecks.Candidate(api, handler.get()));
            } else if (handler.isPresent()) {
                return api.share(request.head(), api.answer(exchange, handler.get()::handle));
            }
        }
        if (!checks.isEmpty()) {
            return ProxyChecks.answer(checks, request);
        }
        for (LoginApi api : all) {
            if (!api.table().at(exchange).isEmpty()) {
                return api.share(request.head(), api.refuse(request.head(), RefusedRequest.ofMethod(allow(exchange))));
            }
        }
        return refuse(request.head(), Reason.NOT_FOUND);
    }

    /**
     * Refuses a request in the format of the API that it belongs to, or that is nearest to it.
     *
     * @param head the request
     * @param reason the reason
     * @return the answer
     */
    public Answer refuse(RequestHead head, Reason reason) {
        requireNonNull(head, "head");

        LoginApi api = nearest(head.path());
        return api.share(head, api.refuse(head, reason));
    }

    /**
     * Checks whether a request is a browser's question for the permission to send another one (a preflight request), to an API with a {@link
     * CorsPolicy}. An adapter gives it to {@link #handle} before the application's own handlers see it.
     *
     * @param head the request
     * @return whether {@link #handle} answers it by a policy
     */
    public boolean answersPreflight(RequestHead head) {
        requireNonNull(head, "head");

        return CrossOrigin.isPreflight(head) && preflight(head).isPresent();
    }

    /** The answer to a preflight request by the policy of the API that would answer the announced request; empty if that has none. */
    private Optional<Answer> preflight(RequestHead head) {
        Exchange announced = new Exchange(CrossOrigin.announced(head));
        LoginApi owner = null;
        for (LoginApi api : all) {
            boolean handles = api.table()
                    .handler(announced)
                    .filter(handler -> !handler.isForProxies())
                    .isPresent();
            if (handles) {
                owner = api;
                break;
            }
            if (owner == null && !api.table().at(announced).isEmpty()) {
                owner = api;
            }
        }
        return (owner == null ? nearest(head.path()) : owner).preflight(announced);
    }

    private LoginApi nearest(String path) {
        List<String> asked = Splitter.on('/').splitToList(path);
        LoginApi nearest = all.get(0);
        int best = 0;
        for (LoginApi api : all) {
            int likeness = api.routes().stream()
                    .mapToInt(route -> commonStart(asked, Splitter.on('/').splitToList(route.path())))
                    .max()
                    .orElse(0);
            if (likeness > best) {
                best = likeness;
                nearest = api;
            }
        }
        return nearest;
    }

    private static int commonStart(List<String> asked, List<String> path) {
        int common = 1;
        while (common < Math.min(asked.size(), path.size()) && asked.get(common).equals(path.get(common))) {
            common++;
        }
        return common - 1;
    }

    private String allow(Exchange exchange) {
        return String.join(", ", RouteTable.methods(all.stream().flatMap(api -> api.table().at(exchange).stream())));
    }
}
