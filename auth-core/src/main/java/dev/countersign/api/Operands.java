package dev.countersign.api;

import com.google.common.base.CharMatcher;
import dev.countersign.Auth;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.json.JsonObject;
import dev.countersign.session.Client;
import dev.countersign.template.Slots;
import dev.countersign.token.RefreshToken;

/** What the handling of one operation works with. */
record Operands(
        Endpoint endpoint,
        Auth auth,
        AnswerWriter writer,
        BodyParser bodies,
        TokenGuard guard,
        TrustedProxies proxies) {

    /** Whether the body is read. An operation without fields has a body only if its shape names a media type; the body is then read for a token. */
    boolean readsBody() {
        RequestShape shape = endpoint.request();
        boolean hasType = !shape.mediaTypes().isEmpty() || shape.assumed() != null;
        return endpoint.operation().hasFields() || shape.hasBody() || (endpoint.readsTokenFromBody() && hasType);
    }

    /** The body, which may be empty, of an operation without fields. */
    JsonObject body(Exchange exchange) throws RefusedRequest {
        JsonObject body = readsBody() ? bodies.read(exchange, endpoint.request()) : JsonObject.EMPTY;
        Inputs.bind(body, endpoint.request());
        return body;
    }

    /** Checks the access token of a request without fields. */
    TokenGuard.Passed check(Exchange exchange, TokenGuard.UserAs user) throws RefusedRequest {
        return guard.check(exchange, endpoint.transport(), body(exchange), user);
    }

    /** The refresh token of a request. */
    RefreshToken refreshToken(Exchange exchange, JsonObject body) throws RefusedRequest {
        try {
            return RefreshToken.of(new TokenFinder(endpoint.refreshTransport())
                    .find(exchange, body)
                    .revealCompact());
        } catch (RefusedRequest refused) {
            throw new RefusedRequest(
                    switch (refused.reason()) {
                        case MISSING_TOKEN, EMPTY_TOKEN -> Reason.MISSING_REFRESH_TOKEN;
                        case TOKEN_WITH_SPACES -> Reason.INVALID_REFRESH_TOKEN;
                        default -> refused.reason();
                    });
        }
    }

    Answer success(Exchange exchange, Slots slots) {
        return writer.success(exchange, endpoint.answer(), slots);
    }

    /** The client of a request; its name has no characters that would disturb a list. */
    Client client(Exchange exchange) {
        String name = CharMatcher.javaIsoControl()
                .replaceFrom(exchange.header("User-Agent").orElse(""), ' ')
                .strip();
        return new Client(name, proxies.clientOf(exchange.head()));
    }
}
