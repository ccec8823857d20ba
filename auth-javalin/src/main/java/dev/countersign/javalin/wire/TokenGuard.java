package dev.countersign.javalin.wire;

import dev.countersign.Auth;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.json.JsonObject;
import dev.countersign.template.Slots;
import dev.countersign.token.AccessToken;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest.Outcome;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import io.javalin.http.Context;

/** Lets requests pass whose token holds. */
final class TokenGuard {

    private final Auth auth;
    private final AnswerWriter writer;

    TokenGuard(Auth auth, AnswerWriter writer) {
        this.auth = auth;
        this.writer = writer;
    }

    /** A token that holds, and whom it speaks for. */
    record Passed(AccessToken token, Authenticated by) {

        Slots slots(Context context) {
            return slots(context, by.user());
        }

        Slots slots(Context context, User user) {
            return AnswerSlots.presented(context, user, token, by);
        }
    }

    Passed check(Context context, TokenTransport transport, JsonObject body) throws RefusedException {
        AccessToken token = new TokenFinder(transport).find(context, body);
        Outcome outcome = auth.authenticate(token);
        if (outcome instanceof Outcome.Refused refused) {
            throw new RefusedException(reason(refused.flaw()));
        }
        Passed passed = new Passed(token, (Authenticated) outcome);
        writer.authenticated(context, passed.slots(context));
        return passed;
    }

    /** A request that passed, and goes on with another token because it has ended its own. */
    Slots replaced(Context context, User user, IssuedToken token) {
        Slots slots = AnswerSlots.issued(context, user, token);
        writer.authenticated(context, slots);
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
