package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Reason;
import dev.countersign.json.JsonString;
import dev.countersign.user.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Guards an application's own routes with the tokens of a login API: returns the principal, or the answer to send. {@link #optional} also admits
 * requests without a token; {@link #requiring} adds conditions on the user. Immutable and thread-safe.
 */
public final class Guard {

    private static final ImmutableSet<String> METHODS =
            ImmutableSet.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final LoginApi api;
    private final boolean required;
    private final Predicate<User> test;

    Guard(LoginApi api) {
        this(api, true, user -> true);
    }

    private Guard(LoginApi api, boolean required, Predicate<User> test) {
        this.api = api;
        this.required = required;
        this.test = test;
    }

    /** {@return the same guard, which admits a request without a token; a request with an invalid token is still refused} */
    public Guard optional() {
        return new Guard(api, false, test);
    }

    /**
     * The same guard, which answers users who fail a test with {@link Reason#FORBIDDEN}. Calls accumulate.
     *
     * @param more returns whether a user is allowed
     * @return the guard
     */
    public Guard requiring(Predicate<User> more) {
        return new Guard(api, required, test.and(requireNonNull(more, "more")));
    }

    /**
     * The same guard, which answers users whose attribute has another value with {@link Reason#FORBIDDEN}, such as {@code requiring("role",
     * "admin")}. Calls accumulate.
     *
     * @param attribute the attribute's name
     * @param value the required value, a JSON string
     * @return the guard
     */
    public Guard requiring(String attribute, String value) {
        requireNonNull(attribute, "attribute");
        JsonString wanted = new JsonString(requireNonNull(value, "value"));
        return requiring(user -> user.attributes().get(attribute).equals(Optional.of(wanted)));
    }

    /** {@return the API that issues the tokens} */
    public LoginApi api() {
        return api;
    }

    /**
     * Authenticates a request.
     *
     * @param request the request; its body is ignored
     * @return the principal, or the answer to send
     */
    public Admission admit(Request request) {
        Exchange exchange = new Exchange(requireNonNull(request, "request"));
        return api.attempt(exchange, this::admit, Admission.Refused::new);
    }

    private Admission admit(Exchange exchange) throws RefusedRequest {
        // An invented method can match guards but no handler: an answer of 200 would show that the token is valid.
        if (!METHODS.contains(exchange.head().method())) {
            throw new RefusedRequest(Reason.METHOD_NOT_ALLOWED);
        }
        TokenGuard.Passed passed;
        try {
            passed = api.check(exchange);
        } catch (RefusedRequest refused) {
            if (required || refused.reason() != Reason.MISSING_TOKEN) {
                throw refused;
            }
            return new Admission.Admitted(Optional.empty(), Headers.NONE);
        }
        if (!test.test(passed.by().user())) {
            throw new RefusedRequest(Reason.FORBIDDEN);
        }
        // Shared caches spare answers to Authorization only (RFC 9111 §3.5); tokens travel in other places, too.
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Cache-Control", "no-store"));
        headers.putAll(exchange.addedHeaders());
        return new Admission.Admitted(Optional.of(passed.by()), Headers.of(List.copyOf(headers.entrySet())));
    }
}
