package dev.countersign.javalin.http;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.countersign.api.Answer;
import dev.countersign.api.Headers;
import dev.countersign.api.Request;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A page of another origin in a browser. It asks before it sends what needs a permission, and reads what it may (Fetch Standard §3.2 and §4.8). A request
 * that is not allowed is sent nevertheless, since its recorded answer is wanted: a refusal, such as of a token in a header that the dialect does not
 * read.
 */
public final class Browser implements Function<Request, Answer> {

    /** The origin of the page. */
    public static final String ORIGIN = "https://app.example.com";

    private static final ImmutableSet<String> SIMPLE_METHODS = ImmutableSet.of("GET", "HEAD", "POST");
    private static final ImmutableSet<String> SIMPLE_TYPES =
            ImmutableSet.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");
    private static final ImmutableSet<String> SIMPLE_HEADERS =
            // The last one is the browser's own.
            ImmutableSet.of("accept", "accept-language", "content-language", "user-agent");
    /** Always readable, and those that only the recordings look at: no page needs them. */
    private static final ImmutableSet<String> KEPT = ImmutableSet.of(
            "cache-control",
            "content-language",
            "content-length",
            "content-type",
            "expires",
            "last-modified",
            "pragma",
            "set-cookie",
            "x-content-type-options",
            "access-control-expose-headers");

    private final Function<Request, Answer> wire;
    private final Set<String> proxies;

    /** A page that uses a dialect. What a proxy asks is not for pages: such requests are sent as they are. */
    public Browser(Function<Request, Answer> wire, Dialect dialect) {
        this.wire = wire;
        this.proxies = dialect.endpoints().stream()
                .filter(Endpoint::forProxies)
                .flatMap(endpoint -> endpoint.routes().stream())
                .map(Route::path)
                .collect(Collectors.toSet());
    }

    /** The headers of a request that need a permission, as a browser names them. */
    public static ImmutableSortedSet<String> unsafe(Headers headers) {
        ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            String type =
                    Splitter.on(';').split(value).iterator().next().strip().toLowerCase(Locale.ROOT);
            boolean isSimple =
                    SIMPLE_HEADERS.contains(lower) || (lower.equals("content-type") && SIMPLE_TYPES.contains(type));
            if (!isSimple) {
                names.add(lower);
            }
        });
        return names.build();
    }

    /** The question for the permission to send a request. */
    public static Request preflight(Request request, String origin) {
        String query = request.head().query();
        Request asks = Request.of("OPTIONS", request.head().path() + (query.isEmpty() ? "" : "?" + query))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", request.head().method());
        Set<String> unsafe = unsafe(request.head().headers());
        return unsafe.isEmpty() ? asks : asks.header("Access-Control-Request-Headers", String.join(",", unsafe));
    }

    @Override
    public Answer apply(Request request) {
        if (proxies.contains(request.head().path())) {
            return wire.apply(request);
        }
        boolean isAllowed = true;
        Set<String> unsafe = unsafe(request.head().headers());
        String method = request.head().method();
        if (!SIMPLE_METHODS.contains(method) || !unsafe.isEmpty()) {
            Answer permission = wire.apply(preflight(request, ORIGIN));
            check(permission.status() / 100 == 2, "a preflight request is answered with " + permission.status());
            checkOrigin(permission);
            isAllowed = list(permission, "Access-Control-Allow-Headers").containsAll(unsafe)
                    && (SIMPLE_METHODS.contains(method)
                            || list(permission, "Access-Control-Allow-Methods").contains(method));
        }
        Answer answer = wire.apply(request.header("Origin", ORIGIN));
        checkOrigin(answer);
        check(
                isAllowed || answer.status() >= 400,
                method + " with " + unsafe + " is not allowed but answered with " + answer.status());
        return readable(answer);
    }

    private static void checkOrigin(Answer answer) {
        check(
                answer.headers().all("Access-Control-Allow-Origin").equals(List.of(ORIGIN)),
                "another origin or none: " + answer.headers().all("Access-Control-Allow-Origin"));
        check(list(answer, "Vary").contains("Origin"), "Vary lacks the origin");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** The names in a header, which compare without case. */
    public static Set<String> list(Answer answer, String header) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers()
                .all(header)
                .forEach(line -> names.addAll(Splitter.on(',').trimResults().splitToList(line)));
        return names;
    }

    private static Answer readable(Answer answer) {
        Set<String> exposed = list(answer, "Access-Control-Expose-Headers");
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        answer.headers().forEach((name, value) -> {
            if (exposed.contains(name) || KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                lines.add(Map.entry(name, value));
            }
        });
        return Answer.of(answer.status(), Headers.of(lines), answer.body());
    }
}
