package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route of an operation.
 *
 * @param method the HTTP method, upper case
 * @param path the exact path; a trailing slash is part of it. A segment like <code>{session.id}</code> is a parameter: it stands for any text.
 * @param query query parameters, with their values, that distinguish this route from others with the same path
 */
public record Route(String method, String path, Map<String, String> query) {

    private static final Splitter SEGMENTS = Splitter.on('/');

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

    /** {@return the names of the path parameters, in their order} */
    public List<String> parameters() {
        return segments(path).stream()
                .filter(Route::isParameter)
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }

    /**
     * Matches a request's path.
     *
     * @param requested the path as sent
     * @return the value of each path parameter, still percent-encoded; empty if the path is not that of this route
     */
    public Optional<Map<String, String>> match(String requested) {
        requireNonNull(requested, "requested");

        List<String> own = segments(path);
        List<String> sent = segments(requested);
        if (own.size() != sent.size()) {
            return Optional.empty();
        }
        ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
        for (int i = 0; i < own.size(); i++) {
            String segment = own.get(i);
            if (isParameter(segment) && !sent.get(i).isEmpty()) {
                values.put(segment.substring(1, segment.length() - 1), sent.get(i));
            } else if (!segment.equals(sent.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values.buildKeepingLast());
    }

    /** The path with all parameters alike. */
    private static List<String> shape(String path) {
        return segments(path).stream()
                .map(segment -> isParameter(segment) ? "{}" : segment)
                .toList();
    }

    private static List<String> segments(String path) {
        return SEGMENTS.splitToList(path);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /** {@return whether every request that matches the other route also matches this one} */
    public boolean covers(Route other) {
        return method.equals(other.method)
                && shape(path).equals(shape(other.path))
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
