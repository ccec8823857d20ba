package dev.countersign.api;

import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.json.JsonObject;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.usecase.FailureReason;
import dev.countersign.usecase.LogIn;
import dev.countersign.user.IdentifierKind;

/** Answers logins. */
final class LogInHandling implements Handling {

    private final Operands with;

    LogInHandling(Operands with) {
        this.with = with;
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        JsonObject body = with.bodies().read(exchange, with.endpoint().request());
        LogIn.Outcome outcome;
        try {
            Inputs inputs = Inputs.bind(body, with.endpoint().request());
            outcome = attempt(
                    inputs.text(FieldTarget.Named.IDENTIFIER).orElse(""),
                    inputs.text(FieldTarget.Named.PASSWORD).orElse(""),
                    with.client(exchange));
        } catch (RefusedRequest refused) {
            if (refused.reason() != Reason.BAD_CREDENTIALS) {
                throw refused;
            }
            // Answered like a wrong password, so it must cost the same.
            outcome = attempt("", "", with.client(exchange));
        }
        if (outcome instanceof LogIn.Outcome.LoggedIn in) {
            return with.success(exchange, AnswerSlots.issued(exchange, in.user(), in.tokens()));
        }
        LogIn.Outcome.Refused refused = (LogIn.Outcome.Refused) outcome;
        throw RefusedRequest.until(reason(refused.reason()), refused.retryAfter());
    }

    private LogIn.Outcome attempt(String identifier, String password, Client client) {
        IdentifierKind kind = with.endpoint().request().fields().stream()
                .filter(field -> field.target() == FieldTarget.Named.IDENTIFIER)
                .map(field -> field.kind())
                .findFirst()
                .orElse(IdentifierKind.EITHER);
        try (RawPassword raw = RawPassword.of(password)) {
            return with.auth().logIn(new LogIn.Attempt(kind, identifier, raw, client));
        }
    }

    static Reason reason(FailureReason failure) {
        return switch (failure) {
            case BAD_CREDENTIALS -> Reason.BAD_CREDENTIALS;
            case ACCOUNT_DISABLED -> Reason.ACCOUNT_DISABLED;
            case TOO_MANY_FOR_USER -> Reason.ACCOUNT_LOCKED;
            case TOO_MANY_FROM_ADDRESS, TOO_MANY_AT_ONCE -> Reason.THROTTLED;
            case OVERLOADED -> Reason.UNAVAILABLE;
        };
    }
}
