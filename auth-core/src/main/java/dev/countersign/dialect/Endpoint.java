package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * One operation of a login API.
 *
 * @param operation the operation
 * @param routes its routes: the documented one first, then its aliases
 * @param request the form of a request
 * @param transport where the request carries the token, if the operation needs one
 * @param answer the answer of a successful request
 * @param forProxies whether a reverse proxy asks, and understands a refusal only by the status 401 or 403; only for {@link Operation#VERIFY}
 */
public record Endpoint(
        Operation operation,
        List<Route> routes,
        RequestShape request,
        TokenTransport transport,
        ResponseTemplate answer,
        boolean forProxies) {

    /** Rejects null components. */
    public Endpoint {
        requireNonNull(operation, "operation");
        requireNonNull(routes, "routes");
        routes = ImmutableList.copyOf(routes);
        requireNonNull(request, "request");
        requireNonNull(transport, "transport");
        requireNonNull(answer, "answer");
    }

    Endpoint withoutQueryTokens() {
        return new Endpoint(operation, routes, request, transport.withoutQuery(), answer, forProxies);
    }
}
