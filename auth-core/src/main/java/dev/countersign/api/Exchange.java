package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request while it is answered: values that are parsed once, and headers that every answer to it gets. Used by one thread. */
final class Exchange {

    private final Request request;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Map<String, List<String>> query;
    private Map<String, String> parameters = Map.of();

    Exchange(Request request) {
        this.request = request;
    }

    RequestHead head() {
        return request.head();
    }

    Body body() {
        return request.body();
    }

    Optional<String> header(String name) {
        return head().headers().first(name);
    }

    List<String> queryValues(String name) {
        Map<String, List<String>> parsed = query;
        if (parsed == null) {
            parsed = UrlEncoding.query(head().query());
            query = parsed;
        }
        return parsed.getOrDefault(name, ImmutableList.of());
    }

    /** Whether the query has the parameters of a route, each once. */
    boolean matches(Route route) {
        for (Map.Entry<String, String> entry : route.query().entrySet()) {
            if (!queryValues(entry.getKey()).equals(List.of(entry.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** Reads parameters from another query than the request's own. */
    void setQuery(String text) {
        query = UrlEncoding.query(text);
    }

    /** The value of a parameter of the route's path, as sent; empty if the route has no such parameter. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Notes the route that the request goes to. */
    void routedTo(Route route) {
        this.parameters = route.parameters().isEmpty()
                ? Map.of()
                : route.match(head().path()).orElse(Map.of());
    }

    /** Adds headers to the answer of this request, also to an error. */
    void addHeaders(Map<String, String> more) {
        headers.putAll(more);
    }

    Map<String, String> addedHeaders() {
        return headers;
    }
}
