package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.json.JsonObject;
import dev.countersign.password.RawPassword;
import dev.countersign.template.Slots;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import org.jspecify.annotations.Nullable;

/** Answers changes of a user and of a password. */
final class ChangeHandling implements Handling {

    private final Operands with;
    private final RequestShape shape;

    ChangeHandling(Operands with) {
        this.with = with;
        this.shape = with.endpoint().request();
    }

    @Override
    public Answer answer(Exchange exchange) throws RefusedRequest {
        TokenTransport transport = with.endpoint().transport();
        JsonObject early = transport.readsBody() ? with.bodies().read(exchange, shape) : null;
        TokenGuard.Passed passed = with.guard()
                .check(exchange, transport, early == null ? JsonObject.EMPTY : early, TokenGuard.UserAs.REMEMBERED);
        JsonObject body = early == null ? with.bodies().read(exchange, shape) : early;
        Inputs inputs = Inputs.bind(body, shape);
        try (RawPassword raw = password(inputs, FieldTarget.Named.PASSWORD);
                RawPassword current = password(inputs, FieldTarget.Named.CURRENT_PASSWORD)) {
            if (raw != null && current == null) {
                askForCurrentPassword();
            }
            ChangeOwnUser.Outcome outcome =
                    with.auth().update(passed.by(), change(inputs, raw, current), with.client(exchange));
            if (outcome instanceof ChangeOwnUser.Outcome.Changed changed) {
                Slots slots = changed.replacement().isPresent()
                        ? with.guard()
                                .replaced(
                                        exchange,
                                        changed.user(),
                                        changed.replacement().get())
                        : passed.slots(exchange, changed.user());
                return with.success(exchange, slots);
            }
            throw refusal(((ChangeOwnUser.Outcome.NotChanged) outcome).why());
        }
    }

    private static UserChange change(Inputs inputs, @Nullable RawPassword password, @Nullable RawPassword current) {
        UserChange.Builder change = UserChange.builder().attributes(inputs.attributes());
        inputs.text(FieldTarget.Named.EMAIL).ifPresent(change::email);
        inputs.json(FieldTarget.Named.USERNAME).ifPresent(change::username);
        if (password != null) {
            change.password(password);
        }
        // Where the dialect has no field for the current password, a new password needs none.
        return current == null
                ? change.withoutCurrentPassword().build()
                : change.currentPassword(current).build();
    }

    private RefusedRequest refusal(UpdateUser.Outcome outcome) {
        if (outcome instanceof UpdateUser.Outcome.Rejected rejected) {
            return FieldProblems.refusal(rejected.problems(), shape);
        }
        if (outcome instanceof UpdateUser.Outcome.TokenRefused refused) {
            return new RefusedRequest(TokenGuard.reason(refused.flaw()));
        }
        if (outcome instanceof UpdateUser.Outcome.Throttled wait) {
            return RefusedRequest.until(LogInHandling.reason(wait.reason()), wait.retryAfter());
        }
        return new RefusedRequest(
                outcome instanceof UpdateUser.Outcome.Contended ? Reason.UNAVAILABLE : Reason.REVOKED_TOKEN);
    }

    /** If the dialect has a field for the current password, a new password requires it, even if other changes do not. */
    private void askForCurrentPassword() throws RefusedRequest {
        ImmutableList<RefusedRequest.Flawed> absent = shape.fields().stream()
                .filter(field -> field.target() == FieldTarget.Named.CURRENT_PASSWORD)
                .map(field -> new RefusedRequest.Flawed(field, FieldFlaw.ABSENT))
                .collect(ImmutableList.toImmutableList());
        if (!absent.isEmpty()) {
            throw Inputs.refusal(absent, shape);
        }
    }

    private static @Nullable RawPassword password(Inputs inputs, FieldTarget target) {
        return inputs.text(target).map(RawPassword::of).orElse(null);
    }
}
