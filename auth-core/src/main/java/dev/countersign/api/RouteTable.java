package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes of a login API with their handlers. A path without parameters takes precedence over one with parameters. */
final class RouteTable {

    private final ImmutableListMultimap<String, Mounted> byPath;
    private final ImmutableList<Mounted> withParameters;

    private RouteTable(ImmutableListMultimap<String, Mounted> byPath, ImmutableList<Mounted> withParameters) {
        this.byPath = byPath;
        this.withParameters = withParameters;
    }

    /** A route with its prefix, and the handler of its requests. */
    record Mounted(Route route, EndpointHandler handler) {}

    private static RouteTable of(List<Mounted> all) {
        ImmutableListMultimap.Builder<String, Mounted> byPath = ImmutableListMultimap.builder();
        ImmutableList.Builder<Mounted> withParameters = ImmutableList.builder();
        for (Mounted one : all) {
            if (one.route().parameters().isEmpty()) {
                byPath.put(one.route().path(), one);
            } else {
                withParameters.add(one);
            }
        }
        return new RouteTable(byPath.build(), withParameters.build());
    }

    /** The routes of a dialect below a prefix, and that of a check for proxies, which replaces the dialect's own. */
    static RouteTable of(
            Dialect dialect, String prefix, @Nullable ProxyCheck check, Function<Endpoint, EndpointHandler> handlers) {
        List<Mounted> mounted = new ArrayList<>();
        for (Endpoint endpoint : dialect.endpoints()) {
            EndpointHandler handler = handlers.apply(endpoint);
            endpoint.routes().stream()
                    .map(route -> new Mounted(route.under(prefix), handler))
                    .filter(one -> check == null || !check.replaces(one.route(), endpoint.operation()))
                    .forEach(mounted::add);
        }
        if (check != null) {
            mounted.add(new Mounted(check.route(), handlers.apply(check.endpoint(dialect))));
        }
        return of(mounted);
    }

    List<Route> all() {
        return mounted().map(Mounted::route).toList();
    }

    private Stream<Mounted> mounted() {
        return Stream.concat(byPath.values().stream(), withParameters.stream());
    }

    boolean isForProxies(Route route) {
        return byPath.get(route.path()).stream()
                .anyMatch(one -> one.route().equals(route) && one.handler().isForProxies());
    }

    boolean hasPath(String path) {
        return !withPath(path).isEmpty();
    }

    private ImmutableList<Mounted> withPath(String path) {
        ImmutableList<Mounted> exact = byPath.get(path);
        if (withParameters.isEmpty()) {
            return exact;
        }
        ImmutableList.Builder<Mounted> all = ImmutableList.builder();
        all.addAll(exact);
        for (Mounted one : withParameters) {
            if (one.route().match(path).isPresent()) {
                all.add(one);
            }
        }
        return all.build();
    }

    /** The routes with the path and query of a request, for any method. */
    List<Mounted> at(Exchange exchange) {
        List<Mounted> here = new ArrayList<>();
        for (Mounted one : withPath(exchange.head().path())) {
            if (exchange.matches(one.route())) {
                here.add(one);
            }
        }
        return here;
    }

    /** The methods at the path and query of a request; all methods where there is no route, so that a page may send the request and read the 404. */
    ImmutableSortedSet<String> methodsAt(Exchange exchange) {
        List<Mounted> here = at(exchange);
        return methods(here.isEmpty() ? mounted() : here.stream());
    }

    /** The handlers of a method and a path, for any query. */
    List<EndpointHandler> handlers(RequestHead head) {
        String method = routed(head.method());
        List<EndpointHandler> here = new ArrayList<>();
        for (Mounted one : withPath(head.path())) {
            if (one.route().method().equals(method)) {
                here.add(one.handler());
            }
        }
        return here;
    }

    /** The handler of a request, which then knows the parameters of its path. */
    Optional<EndpointHandler> handler(Exchange exchange) {
        String method = routed(exchange.head().method());
        for (Mounted one : withPath(exchange.head().path())) {
            if (one.route().method().equals(method) && exchange.matches(one.route())) {
                exchange.routedTo(one.route());
                return Optional.of(one.handler());
            }
        }
        return Optional.empty();
    }

    /** The methods of routes, with HEAD where there is GET. */
    static ImmutableSortedSet<String> methods(Stream<Mounted> mounted) {
        ImmutableSortedSet.Builder<String> methods = ImmutableSortedSet.naturalOrder();
        mounted.map(one -> one.route().method()).forEach(method -> {
            methods.add(method);
            if (method.equals("GET")) {
                methods.add("HEAD");
            }
        });
        return methods.build();
    }

    /** HEAD is routed like GET. */
    private static String routed(String method) {
        return method.equals("HEAD") ? "GET" : method;
    }
}
