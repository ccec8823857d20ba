package dev.countersign.api;

import dev.countersign.dialect.OperationRule;
import dev.countersign.dialect.Reason;
import dev.countersign.json.JsonObject;
import dev.countersign.token.RefreshToken;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.LogOut;
import java.util.Optional;

/**
 * Ends sessions. A refresh token that is not valid (any more) is no error at a logout: the client wanted it to be useless, and it is (RFC 7009 §2.2).
 */
final class LogOutHandling implements Handling {

    private final Operands with;
    private final OperationRule.LogOut rule;

    LogOutHandling(Operands with) {
        this.with = with;
        this.rule = (OperationRule.LogOut) with.endpoint().rule();
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        JsonObject body = with.body(exchange);
        switch (rule.by()) {
            case ACCESS_TOKEN -> end(logOut(exchange), check(exchange, body));
            case REFRESH_TOKEN -> logOut(exchange).ofSessionWith(with.refreshToken(exchange, body));
            case EITHER_TOKEN -> endByEither(exchange, body);
        }
        return with.success(exchange, AnswerSlots.none(exchange));
    }

    private LogOut logOut(Exchange exchange) {
        return with.auth().logOut(with.client(exchange));
    }

    private Authenticated check(Exchange exchange, JsonObject body) throws RefusedRequest {
        return with.guard()
                .check(exchange, with.endpoint().transport(), body, TokenGuard.UserAs.REMEMBERED)
                .by();
    }

    private void end(LogOut logOut, Authenticated by) {
        switch (rule.ends()) {
            case THIS_SESSION -> logOut.ofThisSession(by);
            case OTHER_SESSIONS -> logOut.ofOtherSessions(by);
            case ALL_SESSIONS -> logOut.everywhere(by);
        }
    }

    /** With a refresh token, the access token may be missing or expired, as it often is when a client logs out. */
    private void endByEither(Exchange exchange, JsonObject body) throws RefusedRequest {
        LogOut logOut = logOut(exchange);
        Optional<RefreshToken> refresh = refreshToken(exchange, body);
        try {
            end(logOut, check(exchange, body));
        } catch (RefusedRequest withoutAccess) {
            if (refresh.isEmpty() || withoutAccess.reason() == Reason.CONFLICTING_TOKENS) {
                throw withoutAccess;
            }
        }
        refresh.ifPresent(logOut::ofSessionWith);
    }

    private Optional<RefreshToken> refreshToken(Exchange exchange, JsonObject body) throws RefusedRequest {
        try {
            return Optional.of(with.refreshToken(exchange, body));
        } catch (RefusedRequest none) {
            if (none.reason() == Reason.MISSING_REFRESH_TOKEN) {
                return Optional.empty();
            }
            throw none;
        }
    }
}
