package dev.countersign.api;

import dev.countersign.dialect.Reason;
import dev.countersign.token.RefreshToken;
import dev.countersign.usecase.RefreshFlaw;
import dev.countersign.usecase.RefreshSession;

/** Exchanges refresh tokens. */
final class RefreshHandling implements Handling {

    private final Operands with;

    RefreshHandling(Operands with) {
        this.with = with;
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        RefreshToken token = with.refreshToken(exchange, with.body(exchange));
        RefreshSession.Outcome outcome = with.auth().refresh(token, with.client(exchange));
        if (outcome instanceof RefreshSession.Outcome.Refreshed refreshed) {
            return with.success(exchange, AnswerSlots.issued(exchange, refreshed.user(), refreshed.tokens()));
        }
        throw new RefusedRequest(reason(((RefreshSession.Outcome.Refused) outcome).flaw()));
    }

    private static Reason reason(RefreshFlaw flaw) {
        return switch (flaw) {
            case UNKNOWN -> Reason.INVALID_REFRESH_TOKEN;
            case EXPIRED -> Reason.EXPIRED_REFRESH_TOKEN;
            case REUSED -> Reason.REUSED_REFRESH_TOKEN;
            case ENDED, USER_GONE -> Reason.REVOKED_REFRESH_TOKEN;
        };
    }
}
