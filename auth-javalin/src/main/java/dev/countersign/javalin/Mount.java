package dev.countersign.javalin;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Route;
import dev.countersign.javalin.wire.MountedDialect;
import java.util.List;

/**
 * A dialect to be mounted on an application, with the core that has its kind of token. Immutable.
 *
 * @param dialect the wire contract
 * @param auth the core; built with {@code dialect.token()}
 * @param prefix what comes before every path of the dialect, such as {@code /v1}; empty for nothing
 * @param maxBodyBytes the largest request body that is read, in bytes; larger ones are answered before they are parsed
 */
public record Mount(Dialect dialect, Auth auth, String prefix, int maxBodyBytes) {

    /** The largest request body that is read unless another limit is given: 16 KiB. */
    public static final int MAX_BODY_BYTES = 16 * 1024;

    private static final CharMatcher SEGMENT = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("._~-"));

    /** Refuses a prefix that is no path. */
    public Mount {
        if (!isPrefix(prefix)) {
            throw new IllegalArgumentException("a prefix is empty or like /v1, without a slash at its end: " + prefix);
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("the largest body is at least a byte: " + maxBodyBytes);
        }
    }

    private static boolean isPrefix(String text) {
        return text.isEmpty()
                || (text.startsWith("/")
                        && Splitter.on('/').splitToStream(text.substring(1))
                                .allMatch(segment -> !segment.isEmpty() && SEGMENT.matchesAllOf(segment)));
    }

    /**
     * Mounts at the documented paths.
     *
     * @param dialect the wire contract
     * @param auth the core; built with {@code dialect.token()}
     * @return the mount
     */
    public static Mount of(Dialect dialect, Auth auth) {
        return new Mount(dialect, auth, "", MAX_BODY_BYTES);
    }

    /** {@return the same mount below a prefix such as {@code /v1}} */
    public Mount under(String newPrefix) {
        return new Mount(dialect, auth, newPrefix, maxBodyBytes);
    }

    /** {@return the same mount with another limit for request bodies} */
    public Mount withMaxBodyBytes(int bytes) {
        return new Mount(dialect, auth, prefix, bytes);
    }

    /** {@return the same mount, which does not take tokens from the query, where they end up in logs and histories} */
    public Mount withoutQueryTokens() {
        Dialect safe = new Dialect(
                dialect.name(),
                dialect.title(),
                dialect.mountedByDefault(),
                dialect.token(),
                dialect.transport().withoutQuery(),
                dialect.endpoints().stream()
                        .map(endpoint -> new Endpoint(
                                endpoint.operation(),
                                endpoint.routes(),
                                endpoint.request(),
                                endpoint.transport().withoutQuery(),
                                endpoint.answer()))
                        .collect(ImmutableList.toImmutableList()),
                dialect.authenticatedHeaders(),
                dialect.passwords(),
                dialect.fieldErrors(),
                dialect.errors(),
                dialect.variants());
        return new Mount(safe, auth, prefix, maxBodyBytes);
    }

    /** {@return every route with its prefix} */
    public List<Route> routes() {
        return dialect.endpoints().stream()
                .flatMap(endpoint -> endpoint.routes().stream())
                .map(route -> route.under(prefix))
                .toList();
    }

    MountedDialect mounted() {
        return new MountedDialect(dialect, auth, prefix, maxBodyBytes);
    }
}
