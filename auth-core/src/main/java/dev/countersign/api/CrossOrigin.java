package dev.countersign.api;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CORS protocol (Fetch Standard §3.2) for one API: a policy, with the headers that the API's dialect uses. Thread-safe. */
final class CrossOrigin {

    private static final String ORIGIN = "Origin";
    private static final String METHOD = "Access-Control-Request-Method";
    private static final String VARY = "Vary";
    private static final String EXPOSE = "Access-Control-Expose-Headers";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
    private static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
    private static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
    private static final String MAX_AGE = "Access-Control-Max-Age";

    private static final ImmutableList<String> OF_ANSWERS = ImmutableList.of(ORIGIN);
    private static final ImmutableList<String> OF_PREFLIGHTS =
            ImmutableList.of(ORIGIN, METHOD, "Access-Control-Request-Headers");

    /** The header fields by which a browser decides, in which the application has no say. */
    private static final ImmutableSet<String> DECIDING =
            ImmutableSet.of(ALLOW_ORIGIN, ALLOW_CREDENTIALS, ALLOW_METHODS, ALLOW_HEADERS, MAX_AGE, EXPOSE);

    private static final ImmutableSortedSet<String> OF_POLICIES =
            ImmutableSortedSet.copyOf(String.CASE_INSENSITIVE_ORDER, DECIDING);

    /** Pages may read the first seven anyway (Fetch Standard §2.2.2), and never cookies; the others are for browsers. */
    private static final ImmutableSortedSet<String> NOT_EXPOSED = ImmutableSortedSet.copyOf(
            String.CASE_INSENSITIVE_ORDER,
            List.of(
                    "Cache-Control",
                    "Content-Language",
                    "Content-Length",
                    "Content-Type",
                    "Expires",
                    "Last-Modified",
                    "Pragma",
                    "Set-Cookie",
                    VARY,
                    "X-Content-Type-Options"));

    private static final Splitter NAMES = Splitter.on(',').trimResults().omitEmptyStrings();

    private final CorsPolicy policy;
    private final boolean credentials;
    private final String requestHeaders;

    /**
     * A policy for a dialect.
     *
     * @throws IllegalArgumentException if the dialect cannot be used under the policy
     */
    CrossOrigin(CorsPolicy policy, Dialect dialect) {
        this.policy = policy;
        boolean usesCookies = places(dialect).anyMatch(TokenPlace.InCookie.class::isInstance)
                || dialect.endpoints().stream()
                        .anyMatch(endpoint -> !endpoint.answer().cookies().isEmpty());
        this.credentials = policy.credentials().orElse(usesCookies);
        if (policy.isOpen()
                && !dialect.transport().places().isEmpty()
                && dialect.transport().places().stream().allMatch(TokenPlace.InCookie.class::isInstance)) {
            throw new IllegalArgumentException(
                    "the tokens of " + dialect.name()
                            + " are in cookies only, which browsers never send to an API that allows every origin: name the origins");
        }
        ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.orderedBy(String.CASE_INSENSITIVE_ORDER);
        names.add("Content-Type");
        places(dialect).forEach(place -> {
            if (place instanceof TokenPlace.InHeader header) {
                names.add(header.name());
            }
        });
        dialect.endpoints()
                .forEach(endpoint -> names.addAll(endpoint.request().headers().keySet()));
        dialect.variants().forEach(variant -> names.add(variant.header()));
        names.addAll(policy.requestHeaders());
        this.requestHeaders = String.join(", ", names.build());
    }

    private static Stream<TokenPlace> places(Dialect dialect) {
        Stream<TokenTransport> ofOperations = dialect.endpoints().stream()
                .flatMap((Endpoint endpoint) -> Stream.of(endpoint.transport(), endpoint.refreshTransport()));
        return Stream.concat(Stream.of(dialect.transport()), ofOperations)
                .flatMap(transport -> transport.places().stream());
    }

    CorsPolicy policy() {
        return policy;
    }

    /** Whether a browser asks if it may send a request (Fetch Standard §4.8). */
    static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS")
                && head.headers().first(ORIGIN).isPresent()
                && head.headers().first(METHOD).isPresent();
    }

    /** The request that a browser asks about, as far as it is known. */
    static Request announced(RequestHead head) {
        return new Request(
                new RequestHead(
                        head.headers().first(METHOD).orElse(""),
                        head.path(),
                        head.query(),
                        head.headers(),
                        0,
                        head.client()),
                Body.none());
    }

    /** The answer to a preflight request; without permission for an origin that is not allowed. */
    Answer preflight(RequestHead head, Collection<String> methods) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        lines.add(vary(OF_PREFLIGHTS, List.of()));
        if (isAllowed(head)) {
            allow(head, lines);
            lines.add(Map.entry(ALLOW_METHODS, String.join(", ", methods)));
            lines.add(Map.entry(ALLOW_HEADERS, requestHeaders));
            lines.add(Map.entry(MAX_AGE, Long.toString(policy.maxAge().toSeconds())));
        }
        return Answer.of(204, Headers.NONE, new byte[0]).with(Headers.of(lines), DECIDING);
    }

    /** The answer with the headers that let a page of an allowed origin read it. */
    Answer share(RequestHead head, Answer answer) {
        boolean isAllowed = isAllowed(head);
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        List<String> vary = new ArrayList<>();
        ImmutableSortedSet.Builder<String> exposed = ImmutableSortedSet.orderedBy(String.CASE_INSENSITIVE_ORDER);
        exposed.addAll(policy.exposedHeaders());
        answer.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase(VARY)) {
                NAMES.split(value).forEach(vary::add);
            } else if (name.equalsIgnoreCase(EXPOSE) && isAllowed) {
                exposed.addAll(NAMES.split(value));
            } else if (name.equalsIgnoreCase(EXPOSE) || !OF_POLICIES.contains(name)) {
                lines.add(Map.entry(name, value));
                if (!NOT_EXPOSED.contains(name)) {
                    exposed.add(name);
                }
            }
        });
        lines.add(vary(head.method().equals("OPTIONS") ? OF_PREFLIGHTS : OF_ANSWERS, vary));
        if (isAllowed) {
            allow(head, lines);
            String names = String.join(", ", exposed.build());
            if (!names.isEmpty()) {
                lines.add(Map.entry(EXPOSE, names));
            }
        }
        return answer.with(Headers.of(lines), DECIDING);
    }

    /** A request with several origins is not from a browser. */
    private boolean isAllowed(RequestHead head) {
        List<String> origins = head.headers().all(ORIGIN);
        return origins.size() == 1 && policy.allows(origins.get(0));
    }

    private void allow(RequestHead head, List<Map.Entry<String, String>> lines) {
        String origin = head.headers().first(ORIGIN).orElseThrow();
        lines.add(Map.entry(ALLOW_ORIGIN, policy.isOpen() ? "*" : origin));
        if (credentials) {
            lines.add(Map.entry(ALLOW_CREDENTIALS, "true"));
        }
    }

    /** What the answer depends on, also for an origin that is not allowed: a cache must not give that answer to another one. */
    private static Map.Entry<String, String> vary(ImmutableList<String> ours, List<String> ofAnswer) {
        List<String> names = new ArrayList<>(ofAnswer);
        for (String name : ours) {
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                names.add(name);
            }
        }
        return Map.entry(VARY, String.join(", ", names));
    }
}
