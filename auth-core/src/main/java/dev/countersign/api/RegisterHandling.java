package dev.countersign.api;

import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.json.JsonObject;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.User;

/** Answers registrations. */
final class RegisterHandling implements Handling {

    private final Operands with;

    RegisterHandling(Operands with) {
        this.with = with;
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        RequestShape shape = with.endpoint().request();
        Inputs inputs = Inputs.bind(with.bodies().read(exchange, shape), shape);
        try (RawPassword raw =
                RawPassword.of(inputs.text(FieldTarget.Named.PASSWORD).orElse(""))) {
            Registration.Builder registration =
                    Registration.builder(raw).attributes(AttributeChange.apply(JsonObject.EMPTY, inputs.attributes()));
            inputs.text(FieldTarget.Named.EMAIL).ifPresent(registration::email);
            inputs.json(FieldTarget.Named.USERNAME).ifPresent(registration::username);
            Client client = Operands.client(exchange);
            RegisterUser.Outcome outcome = with.auth().register(registration.build(), client);
            if (outcome instanceof RegisterUser.Outcome.Registered registered) {
                User user = registered.user();
                return with.success(
                        exchange, AnswerSlots.issued(exchange, user, with.auth().issueFirstTokens(user, client)));
            }
            throw outcome instanceof RegisterUser.Outcome.Rejected rejected
                    ? FieldProblems.refusal(rejected.problems(), shape)
                    : new RefusedRequest(Reason.UNAVAILABLE);
        }
    }
}
