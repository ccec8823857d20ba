package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;

/**
 * One operation of a login API.
 *
 * @param operation what is asked
 * @param routes where, the first being the documented one and the others its aliases
 * @param request what a request looks like
 * @param transport how the token travels in, if the operation needs one
 * @param answer what is answered when all went well
 */
public record Endpoint(
        Operation operation,
        ImmutableList<Route> routes,
        RequestShape request,
        TokenTransport transport,
        ResponseTemplate answer) {

    /** Refuses what is missing. */
    public Endpoint {
        requireNonNull(operation, "operation");
        requireNonNull(routes, "routes");
        requireNonNull(request, "request");
        requireNonNull(transport, "transport");
        requireNonNull(answer, "answer");
    }

    Endpoint withoutQueryTokens() {
        return new Endpoint(operation, routes, request, transport.withoutQuery(), answer);
    }
}
