package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which pages of other origins may use a login API in a browser (CORS, Fetch Standard §3.2). Methods and headers are known from the dialect; a policy
 * names the origins. Immutable.
 *
 * @see LoginApi#withCors
 */
public final class CorsPolicy {

    /** How long a browser may remember the answer to a preflight request unless another time is given: 1 h. */
    public static final Duration MAX_AGE = Duration.ofHours(1);

    private static final Duration LONGEST_AGE = Duration.ofDays(1);

    // RFC 9110 §5.6.2, without the star, which would be a wildcard.
    private static final CharMatcher TOKEN = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("!#$%&'+-.^_`|~"));

    private final ImmutableList<CorsOrigin> origins;
    private final boolean isOpen;
    private final Optional<Boolean> credentials;
    private final Duration maxAge;
    private final ImmutableList<String> requestHeaders;
    private final ImmutableList<String> exposedHeaders;

    private CorsPolicy(
            ImmutableList<CorsOrigin> origins,
            boolean isOpen,
            Optional<Boolean> credentials,
            Duration maxAge,
            ImmutableList<String> requestHeaders,
            ImmutableList<String> exposedHeaders) {
        this.origins = origins;
        this.isOpen = isOpen;
        this.credentials = credentials;
        this.maxAge = maxAge;
        this.requestHeaders = requestHeaders;
        this.exposedHeaders = exposedHeaders;
    }

    /**
     * A policy that allows these origins.
     *
     * @param origins origins as browsers send them, such as {@code https://app.example.com} or {@code http://localhost:5173}; {@code
     *     https://*.example.com} stands for every host below {@code example.com}. Without any, no page of another origin may use the API.
     * @return the policy
     * @throws IllegalArgumentException if a text is not an origin; the message says how to write it
     */
    public static CorsPolicy allowing(String... origins) {
        return allowing(List.of(requireNonNull(origins, "origins")));
    }

    /**
     * A policy that allows these origins.
     *
     * @param origins origins as browsers send them, such as {@code https://app.example.com} or {@code http://localhost:5173}; {@code
     *     https://*.example.com} stands for every host below {@code example.com}. Without any, no page of another origin may use the API.
     * @return the policy
     * @throws IllegalArgumentException if a text is not an origin; the message says how to write it
     */
    public static CorsPolicy allowing(List<String> origins) {
        requireNonNull(origins, "origins");

        return new CorsPolicy(
                origins.stream().map(CorsOrigin::parse).distinct().collect(ImmutableList.toImmutableList()),
                false,
                Optional.empty(),
                MAX_AGE,
                ImmutableList.of(),
                ImmutableList.of());
    }

    /**
     * A policy that allows the pages of every website, and of files and sandboxed frames. Browsers send no cookies then, so a page needs a token of its
     * own; but any page can try passwords from its visitors' addresses and read the result.
     *
     * @return the policy
     */
    public static CorsPolicy allowingEveryOriginWithoutCredentials() {
        return new CorsPolicy(
                ImmutableList.of(), true, Optional.of(false), MAX_AGE, ImmutableList.of(), ImmutableList.of());
    }

    /**
     * The same policy, which allows cookies and the browser's other credentials. It is the default for a dialect that uses cookies.
     *
     * @return the policy
     * @throws IllegalStateException if the policy allows every origin
     */
    public CorsPolicy withCredentials() {
        if (isOpen) {
            throw new IllegalStateException("credentials need named origins: every website could act as its visitor");
        }
        return new CorsPolicy(origins, false, Optional.of(true), maxAge, requestHeaders, exposedHeaders);
    }

    /** {@return the same policy without cookies and the browser's other credentials, even if the dialect uses cookies} */
    public CorsPolicy withoutCredentials() {
        return new CorsPolicy(origins, isOpen, Optional.of(false), maxAge, requestHeaders, exposedHeaders);
    }

    /**
     * The same policy with another time for which a browser may remember the answer to a preflight request.
     *
     * @param time 0 to 24 h, in whole seconds; browsers may have a lower limit
     * @return the policy
     * @throws IllegalArgumentException if the time is out of range
     */
    public CorsPolicy withMaxAge(Duration time) {
        requireNonNull(time, "time");
        if (time.isNegative() || time.compareTo(LONGEST_AGE) > 0 || time.toMillis() % 1000 != 0) {
            throw new IllegalArgumentException(
                    "a browser may remember a preflight request for 0s to 24h, in whole seconds, not for "
                            + (double) time.toMillis() / 1000 + " s");
        }
        return new CorsPolicy(origins, isOpen, credentials, time, requestHeaders, exposedHeaders);
    }

    /**
     * The same policy, which also allows pages to send these headers. The headers that the dialect reads are always allowed.
     *
     * @param names the headers' names, such as {@code X-Request-Id}; they replace those named before
     * @return the policy
     * @throws IllegalArgumentException if a text is not the name of a header
     */
    public CorsPolicy withRequestHeaders(List<String> names) {
        return new CorsPolicy(
                origins, isOpen, credentials, maxAge, checked(requireNonNull(names, "names")), exposedHeaders);
    }

    /**
     * The same policy, which also lets pages read these headers. The headers that the dialect's answers have are always readable.
     *
     * @param names the headers' names, such as {@code X-Request-Id}; they replace those named before
     * @return the policy
     * @throws IllegalArgumentException if a text is not the name of a header
     */
    public CorsPolicy withExposedHeaders(List<String> names) {
        return new CorsPolicy(
                origins, isOpen, credentials, maxAge, requestHeaders, checked(requireNonNull(names, "names")));
    }

    private static ImmutableList<String> checked(List<String> names) {
        for (String name : names) {
            if (name.isEmpty() || !TOKEN.matchesAllOf(name)) {
                throw new IllegalArgumentException("not a header's name: " + name + "; write one like X-Request-Id");
            }
        }
        return ImmutableList.copyOf(names);
    }

    /** {@return whether pages of the origin may use the API; the origin is compared as the browser sent it} */
    boolean allows(String origin) {
        return isOpen || origins.stream().anyMatch(allowed -> allowed.matches(origin));
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Whether credentials are allowed; empty for what the dialect needs. */
    Optional<Boolean> credentials() {
        return credentials;
    }

    Duration maxAge() {
        return maxAge;
    }

    ImmutableList<String> requestHeaders() {
        return requestHeaders;
    }

    ImmutableList<String> exposedHeaders() {
        return exposedHeaders;
    }

    /** {@return the origins} */
    @Override
    public String toString() {
        if (isOpen) {
            return "every origin without credentials";
        }
        return origins.isEmpty()
                ? "no origin"
                : origins.stream().map(CorsOrigin::toString).collect(Collectors.joining(", "));
    }
}
