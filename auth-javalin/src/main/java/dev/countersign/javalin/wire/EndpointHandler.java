package dev.countersign.javalin.wire;

import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.password.RawPassword;
import dev.countersign.template.Slots;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.FailureReason;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers one operation: binds the request, asks the core, writes the outcome. */
final class EndpointHandler {

    private final Endpoint endpoint;
    private final Auth auth;
    private final AnswerWriter writer;
    private final RawBody bodies;
    private final TokenGuard guard;

    EndpointHandler(Endpoint endpoint, Auth auth, AnswerWriter writer, RawBody bodies, TokenGuard guard) {
        this.endpoint = endpoint;
        this.auth = auth;
        this.writer = writer;
        this.bodies = bodies;
        this.guard = guard;
    }

    /** The most bytes of a body that are read; 0 if the answer does not depend on the body. */
    int bodyLimit(RequestHead head) {
        boolean answered = missingHeader(head).isPresent()
                || bodies.refusal(head, endpoint.request()).isPresent();
        return answered || !readsBody() ? 0 : bodies.maxBytes();
    }

    void handle(Context context) throws RefusedException {
        Optional<String> missing = missingHeader(new ContextHead(context));
        if (missing.isPresent()) {
            throw new RefusedException(Reason.MISSING_HEADER, ImmutableList.of(), missing.get());
        }
        switch (endpoint.operation()) {
            case LOGIN -> logIn(context);
            case REGISTER -> register(context);
            case ME, VERIFY -> show(context);
            case UPDATE -> update(context);
            case KEYS ->
                writer.success(context, endpoint.answer(), AnswerSlots.keys(context, JsonArray.of(auth.publicKeys())));
        }
    }

    private Optional<String> missingHeader(RequestHead head) {
        return endpoint.request().headers().entrySet().stream()
                .filter(required -> head.headers(required.getKey()).stream()
                        .limit(1)
                        .noneMatch(found -> required.getValue().isEmpty()
                                || required.getValue().equals(found)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** An operation without fields has a body only if it says of which media type, and reads it for a token. */
    private boolean readsBody() {
        RequestShape shape = endpoint.request();
        boolean hasType = !shape.mediaTypes().isEmpty() || shape.assumed() != null;
        return endpoint.operation().hasFields()
                || shape.hasBody()
                || (endpoint.transport().readsBody() && hasType);
    }

    private void logIn(Context context) throws RefusedException {
        JsonObject body = bodies.read(context, endpoint.request());
        LogIn.Outcome outcome;
        try {
            Inputs inputs = Inputs.bind(body, endpoint.request());
            outcome = attempt(
                    inputs.text(FieldTarget.Named.IDENTIFIER).orElse(""),
                    inputs.text(FieldTarget.Named.PASSWORD).orElse(""));
        } catch (RefusedException refused) {
            if (refused.reason() != Reason.BAD_CREDENTIALS) {
                throw refused;
            }
            // Told like a wrong password, so it costs like one.
            outcome = attempt("", "");
        }
        if (outcome instanceof LogIn.Outcome.LoggedIn in) {
            writer.success(context, endpoint.answer(), AnswerSlots.issued(context, in.user(), in.token()));
        } else {
            throw new RefusedException(reason(((LogIn.Outcome.Refused) outcome).reason()));
        }
    }

    private LogIn.Outcome attempt(String identifier, String password) {
        IdentifierKind kind = endpoint.request().fields().stream()
                .filter(field -> field.target() == FieldTarget.Named.IDENTIFIER)
                .map(field -> field.kind())
                .findFirst()
                .orElse(IdentifierKind.EITHER);
        try (RawPassword raw = RawPassword.of(password)) {
            return auth.logIn(new LogIn.Attempt(kind, identifier, raw));
        }
    }

    private static Reason reason(FailureReason failure) {
        return switch (failure) {
            case BAD_CREDENTIALS -> Reason.BAD_CREDENTIALS;
            case ACCOUNT_DISABLED -> Reason.ACCOUNT_DISABLED;
        };
    }

    private void register(Context context) throws RefusedException {
        Inputs inputs = Inputs.bind(bodies.read(context, endpoint.request()), endpoint.request());
        try (RawPassword raw =
                RawPassword.of(inputs.text(FieldTarget.Named.PASSWORD).orElse(""))) {
            RegisterUser.Registration.Builder registration = RegisterUser.Registration.builder(raw)
                    .attributes(AttributeChange.apply(JsonObject.EMPTY, inputs.attributes()));
            inputs.text(FieldTarget.Named.EMAIL).ifPresent(registration::email);
            inputs.json(FieldTarget.Named.USERNAME).ifPresent(registration::username);
            RegisterUser.Outcome outcome = auth.register(registration.build());
            if (outcome instanceof RegisterUser.Outcome.Registered registered) {
                User user = registered.user();
                writer.success(
                        context, endpoint.answer(), AnswerSlots.issued(context, user, auth.issueFirstToken(user)));
            } else if (outcome instanceof RegisterUser.Outcome.Rejected rejected) {
                refuse(rejected.problems());
            } else {
                throw new RefusedException(Reason.UNAVAILABLE);
            }
        }
    }

    private void show(Context context) throws RefusedException {
        TokenGuard.Passed passed = guard.check(context, endpoint.transport(), guardBody(context));
        writer.success(context, endpoint.answer(), passed.slots(context));
    }

    private JsonObject guardBody(Context context) throws RefusedException {
        JsonObject body = readsBody() ? bodies.read(context, endpoint.request()) : JsonObject.EMPTY;
        Inputs.bind(body, endpoint.request());
        return body;
    }

    private void update(Context context) throws RefusedException {
        JsonObject early = endpoint.transport().readsBody() ? bodies.read(context, endpoint.request()) : null;
        TokenGuard.Passed passed = guard.check(context, endpoint.transport(), early == null ? JsonObject.EMPTY : early);
        JsonObject body = early == null ? bodies.read(context, endpoint.request()) : early;
        Inputs inputs = Inputs.bind(body, endpoint.request());
        try (RawPassword raw = password(inputs, FieldTarget.Named.PASSWORD);
                RawPassword current = password(inputs, FieldTarget.Named.CURRENT_PASSWORD)) {
            if (raw != null && current == null) {
                askForCurrentPassword();
            }
            ChangeOwnUser.Outcome outcome = auth.update(passed.by(), change(inputs, raw, current));
            if (outcome instanceof ChangeOwnUser.Outcome.Changed changed) {
                Slots slots = changed.replacement().isPresent()
                        ? guard.replaced(
                                context, changed.user(), changed.replacement().get())
                        : passed.slots(context, changed.user());
                writer.success(context, endpoint.answer(), slots);
            } else {
                refuse(((ChangeOwnUser.Outcome.NotChanged) outcome).why());
            }
        }
    }

    private static UpdateUser.Change change(
            Inputs inputs, @Nullable RawPassword password, @Nullable RawPassword current) {
        UpdateUser.Change.Builder change = UpdateUser.Change.builder().attributes(inputs.attributes());
        inputs.text(FieldTarget.Named.EMAIL).ifPresent(change::email);
        inputs.json(FieldTarget.Named.USERNAME).ifPresent(change::username);
        if (password != null) {
            change.password(password);
        }
        // A dialect without a field for the current password lets its users set a new one without.
        return current == null
                ? change.withoutCurrentPassword().build()
                : change.currentPassword(current).build();
    }

    private void refuse(UpdateUser.Outcome outcome) throws RefusedException {
        if (outcome instanceof UpdateUser.Outcome.Rejected rejected) {
            refuse(rejected.problems());
        }
        if (outcome instanceof UpdateUser.Outcome.TokenRefused refused) {
            throw new RefusedException(TokenGuard.reason(refused.flaw()));
        }
        throw new RefusedException(
                outcome instanceof UpdateUser.Outcome.Contended ? Reason.UNAVAILABLE : Reason.REVOKED_TOKEN);
    }

    /** Where a dialect has a field for it, a new password needs the current one, even if other changes do not. */
    private void askForCurrentPassword() throws RefusedException {
        Inputs.refuse(
                endpoint.request().fields().stream()
                        .filter(field -> field.target() == FieldTarget.Named.CURRENT_PASSWORD)
                        .map(field -> new FlawedField(field, FieldFlaw.ABSENT))
                        .collect(ImmutableList.toImmutableList()),
                endpoint.request());
    }

    private static @Nullable RawPassword password(Inputs inputs, FieldTarget target) {
        return inputs.text(target).map(RawPassword::of).orElse(null);
    }

    /** Answers what the core found wrong with the fields of the request, in their order. */
    private void refuse(List<UserField.Problem> problems) throws RefusedException {
        ImmutableList.Builder<FlawedField> flawed = ImmutableList.builder();
        for (Field field : endpoint.request().fields()) {
            problems.stream()
                    .filter(problem -> isAbout(problem, field))
                    .forEach(problem -> flawed.add(new FlawedField(
                            field, FieldFlaw.valueOf(problem.flaw().name()))));
        }
        Inputs.refuse(flawed.build(), endpoint.request());
        throw new RefusedException(Reason.INVALID_FIELDS);
    }

    private static boolean isAbout(UserField.Problem problem, Field field) {
        return field.target() instanceof FieldTarget.Named named
                ? named.userField().equals(Optional.of(problem.field()))
                : problem.field() == UserField.ATTRIBUTES;
    }
}
