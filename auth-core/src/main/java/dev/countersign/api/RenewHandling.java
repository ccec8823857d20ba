package dev.countersign.api;

import dev.countersign.dialect.OperationRule;
import dev.countersign.usecase.RenewToken;

/** Exchanges a valid access token for a new one. */
final class RenewHandling implements Handling {

    private final Operands with;
    private final RenewToken.Presented presented;

    RenewHandling(Operands with) {
        this.with = with;
        boolean stays = with.endpoint().rule() instanceof OperationRule.Renewal renewal && !renewal.endsPresented();
        this.presented = stays ? RenewToken.Presented.STAYS : RenewToken.Presented.ENDS;
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        TokenGuard.Passed passed = with.check(exchange, TokenGuard.UserAs.REMEMBERED);
        RenewToken.Outcome outcome = with.auth().renew(passed.by(), presented, with.client(exchange));
        if (outcome instanceof RenewToken.Outcome.Renewed renewed) {
            return with.success(exchange, with.guard().replaced(exchange, renewed.user(), renewed.tokens()));
        }
        throw new RefusedRequest(TokenGuard.reason(((RenewToken.Outcome.Refused) outcome).flaw()));
    }
}
