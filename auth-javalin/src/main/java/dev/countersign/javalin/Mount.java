package dev.countersign.javalin;

import static java.util.Objects.requireNonNull;

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
 * A dialect to be mounted on an application: the one that its core was built for. Immutable.
 *
 * @param auth the core; built with a dialect
 * @param prefix what comes before every path of the dialect, such as {@code /v1}; empty for nothing
 * @param maxBodyBytes the largest request body that is read, in bytes; larger ones are answered before they are parsed
 * @param queryTokens whether tokens in the query are taken, where the dialect has them there
 */
public record Mount(Auth auth, String prefix, int maxBodyBytes, boolean queryTokens) {

    /** The largest request body that is read unless another limit is given: 16 KiB. */
    public static final int MAX_BODY_BYTES = 16 * 1024;

    private static final CharMatcher SEGMENT = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("._~-"));

    /** Refuses a core without dialect, and a prefix that is no path. */
    public Mount {
        requireNonNull(auth, "auth");
        requireNonNull(prefix, "prefix");
        if (auth.dialect().isEmpty()) {
            throw new IllegalArgumentException(
                    "the Auth was built without a dialect: give it one with Auth.builder().dialect(…)");
        }
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
                        && Splitter.on('/')
                                .splitToStream(text.substring(1))
                                .allMatch(segment -> !segment.isEmpty() && SEGMENT.matchesAllOf(segment)));
    }

    /**
     * Mounts at the documented paths.
     *
     * @param auth the core; built with a dialect
     * @return the mount
     * @throws IllegalArgumentException if the core was built without a dialect
     */
    public static Mount of(Auth auth) {
        return new Mount(auth, "", MAX_BODY_BYTES, true);
    }

    /** {@return the same mount below a prefix such as {@code /v1}} */
    public Mount under(String newPrefix) {
        return new Mount(auth, newPrefix, maxBodyBytes, queryTokens);
    }

    /** {@return the same mount with another limit for request bodies} */
    public Mount withMaxBodyBytes(int bytes) {
        return new Mount(auth, prefix, bytes, queryTokens);
    }

    /** {@return the same mount, which does not take tokens from the query, where they end up in logs and histories} */
    public Mount withoutQueryTokens() {
        return new Mount(auth, prefix, maxBodyBytes, false);
    }

    /** {@return the wire contract} */
    public Dialect dialect() {
        Dialect dialect = auth.dialect().orElseThrow();
        return queryTokens ? dialect : withoutQueryTokens(dialect);
    }

    private static Dialect withoutQueryTokens(Dialect dialect) {
        return new Dialect(
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
    }

    /** {@return every route with its prefix} */
    public List<Route> routes() {
        return dialect().endpoints().stream()
                .flatMap(endpoint -> endpoint.routes().stream())
                .map(route -> route.under(prefix))
                .toList();
    }

    MountedDialect mounted() {
        return new MountedDialect(dialect(), auth, prefix, maxBodyBytes);
    }
}
