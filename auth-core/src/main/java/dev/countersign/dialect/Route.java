package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;

/**
 * Where an operation is asked.
 *
 * @param method the HTTP method, upper case
 * @param path the exact path; a trailing slash is part of it
 * @param query query parameters that tell this route from others of the same path, with their values
 */
public record Route(String method, String path, ImmutableMap<String, String> query) {

    /** Refuses what is missing. */
    public Route {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(query, "query");
    }

    /** {@return the same route below a prefix such as {@code /v1}} */
    public Route under(String prefix) {
        requireNonNull(prefix, "prefix");

        return new Route(method, prefix + path, query);
    }

    /** {@return whether every request of the other route is one of this route, too} */
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
