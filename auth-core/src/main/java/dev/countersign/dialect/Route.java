package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * A route of an operation.
 *
 * @param method the HTTP method, upper case
 * @param path the exact path; a trailing slash is part of it
 * @param query query parameters, with their values, that distinguish this route from others with the same path
 */
public record Route(String method, String path, Map<String, String> query) {

    /** Rejects null components. */
    public Route {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(query, "query");
        query = ImmutableMap.copyOf(query);
    }

    /** {@return the same route below a prefix such as {@code /v1}} */
    public Route under(String prefix) {
        requireNonNull(prefix, "prefix");

        return new Route(method, prefix + path, query);
    }

    /** {@return whether every request that matches the other route also matches this one} */
    public boolean covers(Route other) {
        return method.equals(other.method)
                && path.equals(other.path)
                && other.query.entrySet().containsAll(query.entrySet());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method).append(' ').append(path);
        query.forEach((name, value) -> text.append(text.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(value));
        return text.toString();
    }
}
