package dev.countersign.javalin.wire;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.countersign.Auth;
import dev.countersign.AuthFault;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import dev.countersign.json.JsonObject;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A dialect below a prefix: answers every request to its paths, well or badly asked, in its own words. Thread-safe. */
public final class MountedDialect {

    /** The request attribute with the method that was sent, where it is one the framework must not see. */
    public static final String SENT_METHOD = MountedDialect.class.getName() + ".method";

    private static final ImmutableSet<String> METHODS =
            ImmutableSet.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Dialect dialect;
    private final AnswerWriter writer;
    private final TokenGuard guard;
    private final FaultLog faults;
    private final ImmutableMap<Route, EndpointHandler> handlers;

    /**
     * Mounts.
     *
     * @param dialect the wire contract
     * @param auth the core, with the dialect's own kind of token
     * @param prefix what comes before every path, such as {@code /v1}; empty for nothing
     * @param maxBodyBytes the largest request body that is read
     */
    public MountedDialect(Dialect dialect, Auth auth, String prefix, int maxBodyBytes) {
        requireNonNull(prefix, "prefix");

        this.dialect = dialect;
        this.writer = new AnswerWriter(dialect, auth.longestPasswordBytes());
        this.guard = new TokenGuard(auth, writer);
        this.faults = new FaultLog(auth.clock());
        RawBody bodies = new RawBody(maxBodyBytes);
        Map<Route, EndpointHandler> byRoute = new LinkedHashMap<>();
        for (Endpoint endpoint : dialect.endpoints()) {
            EndpointHandler handler = new EndpointHandler(endpoint, auth, writer, bodies, guard);
            endpoint.routes().forEach(route -> byRoute.put(route.under(prefix), handler));
        }
        this.handlers = ImmutableMap.copyOf(byRoute);
    }

    /** {@return the wire contract} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return every route with its prefix} */
    public ImmutableList<Route> routes() {
        return handlers.keySet().asList();
    }

    /**
     * Answers a request to a path that belongs to these dialects, whatever its method.
     *
     * @param dialects those with a route of this path, at least one; which of them is asked, method and query tell
     * @param context the request
     */
    public static void handle(List<MountedDialect> dialects, Context context) {
        requireNonNull(context, "context");

        for (MountedDialect mounted : dialects) {
            Optional<EndpointHandler> handler = mounted.handler(context);
            if (handler.isPresent()) {
                mounted.answer(context, () -> handler.get().handle(context));
                return;
            }
        }
        List<Route> here =
                dialects.stream().flatMap(mounted -> mounted.here(context)).toList();
        MountedDialect first = dialects.stream()
                .filter(mounted -> mounted.here(context).findAny().isPresent())
                .findFirst()
                .orElse(dialects.get(0));
        if (here.isEmpty()) {
            first.handleUnknown(context);
        } else {
            first.answer(context, () -> first.writer.refuse(context, Refusal.ofMethod(allow(here))));
        }
    }

    /**
     * How much of a body is to be read before the request is handled. Everything else can be answered at once.
     *
     * @param dialects the dialects that may be asked
     * @param head the request without its body
     * @return the most bytes; 0 if the answer does not depend on the body
     */
    public static int bodyLimit(List<MountedDialect> dialects, RequestHead head) {
        requireNonNull(head, "head");

        return dialects.stream()
                .flatMap(mounted -> mounted.handlers.entrySet().stream())
                .filter(entry -> entry.getKey().method().equals(routed(head.method()))
                        && entry.getKey().path().equals(head.path()))
                .mapToInt(entry -> entry.getValue().bodyLimit(head))
                .max()
                .orElse(0);
    }

    private Stream<Route> here(Context context) {
        String path = new ContextHead(context).path();
        return routes().stream().filter(route -> route.path().equals(path) && matches(route, context));
    }

    private Optional<EndpointHandler> handler(Context context) {
        String method = routed(sentMethod(context));
        return here(context)
                .filter(route -> route.method().equals(method))
                .findFirst()
                .map(handlers::get);
    }

    /** A HEAD is answered like a GET. */
    private static String routed(String method) {
        return method.equals("HEAD") ? "GET" : method;
    }

    /** {@return whether what is answered is what a dialect has written} */
    public static boolean hasAnswered(Context context) {
        return AnswerWriter.hasWritten(context);
    }

    /** Answers a request to a path that is nobody's. */
    public void handleUnknown(Context context) {
        requireNonNull(context, "context");

        answer(context, () -> {
            throw new RefusedException(Reason.NOT_FOUND);
        });
    }

    /**
     * Refuses a request of the application's own.
     *
     * @param context the request
     * @param reason why
     */
    public void refuse(Context context, Reason reason) {
        requireNonNull(context, "context");
        requireNonNull(reason, "reason");

        answer(context, () -> {
            throw new RefusedException(reason);
        });
    }

    /**
     * Lets a request of the application's own pass if its token holds; otherwise answers it.
     *
     * @param context the request
     * @return whom the token speaks for, or empty if the request has been answered
     */
    public Optional<Authenticated> admit(Context context) {
        requireNonNull(context, "context");

        AtomicReference<Authenticated> by = new AtomicReference<>();
        answer(context, () -> {
            // A made-up method can match guards and nothing behind them: an answer of 200 would tell that the token
            // holds.
            if (!METHODS.contains(sentMethod(context))) {
                throw new RefusedException(Reason.METHOD_NOT_ALLOWED);
            }
            by.set(guard.check(context, dialect.transport(), JsonObject.EMPTY).by());
        });
        return Optional.ofNullable(by.get());
    }

    /**
     * Answers a request to a path that is nobody's: the dialect with the path that begins most like it does so.
     *
     * @param dialects at least one; the first answers what is like nothing
     * @param context the request
     */
    public static void handleNearest(List<MountedDialect> dialects, Context context) {
        requireNonNull(dialects, "dialects");
        requireNonNull(context, "context");

        List<String> asked = Splitter.on('/').splitToList(new ContextHead(context).path());
        MountedDialect nearest = dialects.get(0);
        int best = 0;
        for (MountedDialect mounted : dialects) {
            int likeness = mounted.routes().stream()
                    .mapToInt(route -> commonStart(asked, Splitter.on('/').splitToList(route.path())))
                    .max()
                    .orElse(0);
            if (likeness > best) {
                best = likeness;
                nearest = mounted;
            }
        }
        handle(ImmutableList.of(nearest), context);
    }

    private static int commonStart(List<String> asked, List<String> path) {
        int common = 1;
        while (common < Math.min(asked.size(), path.size()) && asked.get(common).equals(path.get(common))) {
            common++;
        }
        return common - 1;
    }

    /** The method in the request's first line: a header may claim another one. */
    static String sentMethod(Context context) {
        return context.req().getAttribute(SENT_METHOD) instanceof String sent
                ? sent
                : context.req().getMethod();
    }

    private interface Work {
        void run() throws RefusedException;
    }

    private void answer(Context context, Work work) {
        try {
            work.run();
        } catch (RefusedException refused) {
            writer.refuse(context, Refusal.of(refused));
        } catch (RuntimeException fault) {
            faults.log(name(context), fault);
            boolean temporary = fault instanceof AuthFault known && known.isTemporary();
            writer.refuse(context, Refusal.of(temporary ? Reason.UNAVAILABLE : Reason.FAULT));
        } catch (Error broken) {
            faults.log(name(context), broken);
            writer.refuse(context, Refusal.of(Reason.FAULT));
        }
    }

    private String name(Context context) {
        return dialect.name() + ": " + context.req().getMethod() + " "
                + context.req().getRequestURI();
    }

    private static boolean matches(Route route, Context context) {
        return route.query().entrySet().stream()
                .allMatch(entry -> context.queryParams(entry.getKey()).equals(ImmutableList.of(entry.getValue())));
    }

    private static String allow(List<Route> here) {
        ImmutableSortedSet.Builder<String> methods = ImmutableSortedSet.naturalOrder();
        here.forEach(route -> {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        });
        return String.join(", ", methods.build());
    }
}
