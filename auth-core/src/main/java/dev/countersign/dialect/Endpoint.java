package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * One operation of a login API.
 *
 * @param name its name in the dialect file
 * @param operation the kind of operation
 * @param routes its routes: the documented one first, then its aliases
 * @param request the form of a request
 * @param transport where the request carries the access token, if the operation accepts one
 * @param refreshTransport where the request carries the refresh token; no places if the operation accepts none
 * @param rule what it does, as far as dialects differ
 * @param answer the answer of a successful request
 */
public record Endpoint(
        String name,
        Operation operation,
        List<Route> routes,
        RequestShape request,
        TokenTransport transport,
        TokenTransport refreshTransport,
        OperationRule rule,
        ResponseTemplate answer) {

    /** Rejects null components. */
    public Endpoint {
        requireNonNull(name, "name");
        requireNonNull(operation, "operation");
        requireNonNull(routes, "routes");
        routes = ImmutableList.copyOf(routes);
        requireNonNull(request, "request");
        requireNonNull(transport, "transport");
        requireNonNull(refreshTransport, "refreshTransport");
        requireNonNull(rule, "rule");
        requireNonNull(answer, "answer");
    }

    /** {@return whether a request must carry a valid access token} */
    public boolean isAuthenticated() {
        return operation.isAuthenticated()
                && !(rule instanceof OperationRule.LogOut logOut && logOut.by() != OperationRule.By.ACCESS_TOKEN);
    }

    /** {@return whether a request may carry its token in the body} */
    public boolean readsTokenFromBody() {
        return transport.readsBody() || refreshTransport.readsBody();
    }

    /** {@return whether a reverse proxy asks} */
    public boolean forProxies() {
        return rule instanceof OperationRule.ForProxies;
    }

    Endpoint withoutQueryTokens() {
        return new Endpoint(
                name,
                operation,
                routes,
                request,
                transport.withoutQuery(),
                refreshTransport.withoutQuery(),
                rule,
                answer);
    }
}
