package dev.countersign.api;

import dev.countersign.dialect.Endpoint;
import dev.countersign.json.JsonArray;
import java.util.Map;
import java.util.Optional;

/** Handles one operation: checks the head of a request, then answers it by the operation's own steps. */
final class EndpointHandler {

    private final Operands operands;
    private final Endpoint endpoint;
    private final Handling handling;

    EndpointHandler(Operands operands) {
        this.operands = operands;
        this.endpoint = operands.endpoint();
        this.handling = handling(operands);
    }

    private static Handling handling(Operands with) {
        return switch (with.endpoint().operation()) {
            case LOGIN -> new LogInHandling(with);
            case REGISTER -> new RegisterHandling(with);
            case ME -> exchange -> shown(with, exchange, TokenGuard.UserAs.STORED);
            case VERIFY -> exchange -> shown(with, exchange, TokenGuard.UserAs.REMEMBERED);
            case UPDATE, PASSWORD -> new ChangeHandling(with);
            case KEYS ->
                exchange -> with.success(
                        exchange,
                        AnswerSlots.keys(exchange, JsonArray.of(with.auth().publicKeys())));
            case REFRESH -> new RefreshHandling(with);
            case RENEW -> new RenewHandling(with);
            case LOGOUT -> new LogOutHandling(with);
            case SESSIONS, END_SESSION -> new SessionsHandling(with);
        };
    }

    private static Answer shown(Operands with, Exchange exchange, TokenGuard.UserAs user) throws RefusedRequest {
        TokenGuard.Passed passed = with.check(exchange, user);
        return with.success(exchange, passed.slots(exchange, passed.by().user()));
    }

    /** How to run a request to this operation. */
    Plan plan(RequestHead head) {
        boolean reads = operands.readsBody();
        if (!reads && !endpoint.operation().mayHash()) {
            return Plan.AT_ONCE;
        }
        boolean answered = missingHeader(head).isPresent()
                || operands.bodies().refusal(head, endpoint.request()).isPresent();
        if (answered) {
            return Plan.AT_ONCE;
        }
        return new Plan(
                reads ? operands.bodies().maxBytes() : 0,
                endpoint.operation().mayHash() ? Plan.Lane.HASHING : Plan.Lane.VERIFYING);
    }

    Answer handle(Exchange exchange) throws RefusedRequest {
        checkHeaders(exchange);
        return handling.answer(exchange);
    }

    /** Whether a reverse proxy asks; {@link ProxyChecks} then answers. */
    boolean isForProxies() {
        return endpoint.forProxies();
    }

    /** Checks the token of a request that a proxy asks about. */
    TokenGuard.Passed admit(Exchange exchange) throws RefusedRequest {
        checkHeaders(exchange);
        return operands.check(exchange, TokenGuard.UserAs.REMEMBERED);
    }

    /** The answer that lets a proxy pass a request on. */
    Answer admitted(Exchange exchange, TokenGuard.Passed passed) {
        return operands.success(
                exchange, HeaderText.encoded(passed.slots(exchange, passed.by().user())));
    }

    private void checkHeaders(Exchange exchange) throws RefusedRequest {
        Optional<String> missing = missingHeader(exchange.head());
        if (missing.isPresent()) {
            throw RefusedRequest.withoutHeader(missing.get());
        }
    }

    private Optional<String> missingHeader(RequestHead head) {
        return endpoint.request().headers().entrySet().stream()
                .filter(required -> head.headers().all(required.getKey()).stream()
                        .limit(1)
                        .noneMatch(found -> required.getValue().isEmpty()
                                || required.getValue().equals(found)))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
