package dev.countersign.api;

import dev.countersign.Auth;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.json.JsonObject;
import dev.countersign.session.IssuedTokens;
import dev.countersign.template.Slots;
import dev.countersign.token.AccessToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest.Outcome;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;

/** Admits requests with a valid token. */
final class TokenGuard {

    private final Auth auth;
    private final AnswerWriter writer;

    TokenGuard(Auth auth, AnswerWriter writer) {
        this.auth = auth;
        this.writer = writer;
    }

    /** A valid token, and the user it was issued to. */
    record Passed(AccessToken token, Authenticated by) {

        Slots slots(Exchange exchange, User user) {
            return AnswerSlots.presented(exchange, user, token, by);
        }
    }

    /** How old the user may be that a request is answered with. */
    enum UserAs {
        /** As remembered, without a query. */
        REMEMBERED,
        /** As currently stored. */
        STORED
    }

    Passed check(Exchange exchange, TokenTransport transport, JsonObject body, UserAs user) throws RefusedRequest {
        AccessToken token = new TokenFinder(transport).find(exchange, body);
        Outcome outcome = user == UserAs.STORED ? auth.authenticateWithCurrentUser(token) : auth.authenticate(token);
        if (outcome instanceof Outcome.Refused refused) {
            throw new RefusedRequest(reason(refused.flaw()));
        }
        Passed passed = new Passed(token, (Authenticated) outcome);
        exchange.addHeaders(
                writer.authenticatedHeaders(passed.slots(exchange, passed.by().user())));
        if (!isOf(exchange, passed.by().user())) {
            throw new RefusedRequest(Reason.NOT_FOUND);
        }
        return passed;
    }

    /** Whether the path names the user of the token, if it names one. */
    private static boolean isOf(Exchange exchange, User user) {
        return exchange.parameter("user.id")
                        .filter(id -> !id.equals(user.id().toString()))
                        .isEmpty()
                && exchange.parameter("user.uuid")
                        .filter(uuid -> !uuid.equals(user.uuid().toString()))
                        .isEmpty();
    }

    /** Slots for a request that ended its own token and continues with a new one. */
    Slots replaced(Exchange exchange, User user, IssuedTokens tokens) {
        Slots slots = AnswerSlots.issued(exchange, user, tokens);
        exchange.addHeaders(writer.authenticatedHeaders(slots));
        return slots;
    }

    static Reason reason(TokenFlaw flaw) {
        return switch (flaw) {
            case MALFORMED -> Reason.MALFORMED_TOKEN;
            case BAD_SIGNATURE -> Reason.BAD_SIGNATURE;
            case EXPIRED -> Reason.EXPIRED_TOKEN;
            case PREMATURE -> Reason.PREMATURE_TOKEN;
            case FOREIGN -> Reason.FOREIGN_TOKEN;
            case REVOKED -> Reason.REVOKED_TOKEN;
        };
    }
}
