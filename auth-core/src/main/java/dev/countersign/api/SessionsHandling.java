package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.OperationRule;
import dev.countersign.dialect.Reason;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.template.Template;
import dev.countersign.usecase.LogOut;
import dev.countersign.user.User;
import java.util.Optional;

/** Lists a user's sessions, and ends the one that the path names. */
final class SessionsHandling implements Handling {

    private static final String ID = "session.id";

    private final Operands with;

    SessionsHandling(Operands with) {
        this.with = with;
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        TokenGuard.Passed passed = with.check(exchange, TokenGuard.UserAs.REMEMBERED);
        User user = passed.by().user();
        LogOut logOut = with.auth().logOut(with.client(exchange));
        if (with.endpoint().rule() instanceof OperationRule.Listing listing) {
            Json list = list(logOut, user, listing.each(), passed.by().session());
            return with.success(exchange, AnswerSlots.with("sessions", list, passed.slots(exchange, user)));
        }
        boolean ended = exchange.parameter(ID)
                .flatMap(SessionId::parse)
                .filter(id -> logOut.ofSession(user, id))
                .isPresent();
        if (!ended) {
            throw new RefusedRequest(Reason.NO_SUCH_SESSION);
        }
        return with.success(exchange, passed.slots(exchange, user));
    }

    private static Json list(LogOut logOut, User user, Template each, Optional<SessionId> current) {
        ImmutableList.Builder<Json> list = ImmutableList.builder();
        for (Session session : logOut.sessions(user)) {
            boolean isCurrent = current.equals(Optional.of(session.id()));
            list.add(each.fill(name -> AnswerSlots.listed(name, session, isCurrent)));
        }
        return JsonArray.of(list.build());
    }
}
