package dev.countersign.api;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
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
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handles one operation: binds the request, calls the core, writes the answer. */
final class EndpointHandler {

    private final Endpoint endpoint;
    private final Auth auth;
    private final AnswerWriter writer;
    private final BodyParser bodies;
    private final TokenGuard guard;
    private final boolean readsBody;

    EndpointHandler(Endpoint endpoint, Auth auth, AnswerWriter writer, BodyParser bodies, TokenGuard guard) {
        this.endpoint = endpoint;
        this.auth = auth;
        this.writer = writer;
        this.bodies = bodies;
        this.guard = guard;
        this.readsBody = readsBody(endpoint);
    }

    /** Whether a reverse proxy asks; {@link ProxyChecks} then answers. */
    boolean isForProxies() {
        return endpoint.forProxies();
    }

    /** Checks the token of a request that a proxy asks about. */
    TokenGuard.Passed admit(Exchange exchange) throws RefusedRequest {
        Optional<String> missing = missingHeader(exchange.head());
        if (missing.isPresent()) {
            throw RefusedRequest.withoutHeader(missing.get());
        }
        return guard.check(exchange, endpoint.transport(), guardBody(exchange));
    }

    /** The answer that lets a proxy pass a request on. */
    Answer admitted(Exchange exchange, TokenGuard.Passed passed) {
        return success(
                exchange, HeaderText.encoded(passed.slots(exchange, passed.by().user())));
    }

    /** How to run a request to this operation. */
    Plan plan(RequestHead head) {
        if (!readsBody && !endpoint.operation().mayHash()) {
            return Plan.AT_ONCE;
        }
        boolean answered = missingHeader(head).isPresent()
                || bodies.refusal(head, endpoint.request()).isPresent();
        if (answered) {
            return Plan.AT_ONCE;
        }
        return new Plan(
                readsBody ? bodies.maxBytes() : 0,
                endpoint.operation().mayHash() ? Plan.Lane.HASHING : Plan.Lane.VERIFYING);
    }

    Answer handle(Exchange exchange) throws RefusedRequest {
        Optional<String> missing = missingHeader(exchange.head());
        if (missing.isPresent()) {
            throw RefusedRequest.withoutHeader(missing.get());
        }
        return switch (endpoint.operation()) {
            case LOGIN -> logIn(exchange);
            case REGISTER -> register(exchange);
            case ME, VERIFY -> show(exchange);
            case UPDATE -> update(exchange);
            case KEYS -> success(exchange, AnswerSlots.keys(exchange, JsonArray.of(auth.publicKeys())));
        };
    }

    private Optional<String> missingHeader(RequestHead head) {
        return endpoint.request().headers().entrySet().stream()
                .filter(required -> head.headers().all(required.getKey()).stream()
                        .limit(1)
                        .noneMatch(found -> required.getValue().isEmpty()
                                || required.getValue().equals(found)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** An operation without fields has a body only if its shape names a media type; the body is then read for a token. */
    private static boolean readsBody(Endpoint endpoint) {
        RequestShape shape = endpoint.request();
        boolean hasType = !shape.mediaTypes().isEmpty() || shape.assumed() != null;
        return endpoint.operation().hasFields()
                || shape.hasBody()
                || (endpoint.transport().readsBody() && hasType);
    }

    private Answer logIn(Exchange exchange) throws RefusedRequest {
        JsonObject body = bodies.read(exchange, endpoint.request());
        LogIn.Outcome outcome;
        try {
            Inputs inputs = Inputs.bind(body, endpoint.request());
            outcome = attempt(
                    inputs.text(FieldTarget.Named.IDENTIFIER).orElse(""),
                    inputs.text(FieldTarget.Named.PASSWORD).orElse(""),
                    client(exchange));
        } catch (RefusedRequest refused) {
            if (refused.reason() != Reason.BAD_CREDENTIALS) {
                throw refused;
            }
            // Answered like a wrong password, so it must cost the same.
            outcome = attempt("", "", "");
        }
        if (outcome instanceof LogIn.Outcome.LoggedIn in) {
            return success(exchange, AnswerSlots.issued(exchange, in.user(), in.tokens()));
        }
        throw new RefusedRequest(reason(((LogIn.Outcome.Refused) outcome).reason()));
    }

    private LogIn.Outcome attempt(String identifier, String password, String client) {
        IdentifierKind kind = endpoint.request().fields().stream()
                .filter(field -> field.target() == FieldTarget.Named.IDENTIFIER)
                .map(field -> field.kind())
                .findFirst()
                .orElse(IdentifierKind.EITHER);
        try (RawPassword raw = RawPassword.of(password)) {
            return auth.logIn(new LogIn.Attempt(kind, identifier, raw, client));
        }
    }

    private static Reason reason(FailureReason failure) {
        return switch (failure) {
            case BAD_CREDENTIALS -> Reason.BAD_CREDENTIALS;
            case ACCOUNT_DISABLED -> Reason.ACCOUNT_DISABLED;
        };
    }

    private Answer register(Exchange exchange) throws RefusedRequest {
        Inputs inputs = Inputs.bind(bodies.read(exchange, endpoint.request()), endpoint.request());
        try (RawPassword raw =
                RawPassword.of(inputs.text(FieldTarget.Named.PASSWORD).orElse(""))) {
            Registration.Builder registration =
                    Registration.builder(raw).attributes(AttributeChange.apply(JsonObject.EMPTY, inputs.attributes()));
            inputs.text(FieldTarget.Named.EMAIL).ifPresent(registration::email);
            inputs.json(FieldTarget.Named.USERNAME).ifPresent(registration::username);
            RegisterUser.Outcome outcome = auth.register(registration.build());
            if (outcome instanceof RegisterUser.Outcome.Registered registered) {
                User user = registered.user();
                return success(
                        exchange, AnswerSlots.issued(exchange, user, auth.issueFirstTokens(user, client(exchange))));
            }
            throw outcome instanceof RegisterUser.Outcome.Rejected rejected
                    ? refusal(rejected.problems())
                    : new RefusedRequest(Reason.UNAVAILABLE);
        }
    }

    private Answer success(Exchange exchange, Slots slots) {
        return writer.success(exchange, endpoint.answer(), slots);
    }

    private Answer show(Exchange exchange) throws RefusedRequest {
        TokenGuard.Passed passed = guard.check(exchange, endpoint.transport(), guardBody(exchange), shown());
        return success(exchange, passed.slots(exchange, passed.by().user()));
    }

    private TokenGuard.UserAs shown() {
        return endpoint.operation() == Operation.ME ? TokenGuard.UserAs.STORED : TokenGuard.UserAs.REMEMBERED;
    }

    /** What the client calls itself, without characters that would disturb a list. */
    private static String client(Exchange exchange) {
        return CharMatcher.javaIsoControl()
                .replaceFrom(exchange.header("User-Agent").orElse(""), ' ')
                .strip();
    }

    private JsonObject guardBody(Exchange exchange) throws RefusedRequest {
        JsonObject body = readsBody ? bodies.read(exchange, endpoint.request()) : JsonObject.EMPTY;
        Inputs.bind(body, endpoint.request());
        return body;
    }

    private Answer update(Exchange exchange) throws RefusedRequest {
        JsonObject early = endpoint.transport().readsBody() ? bodies.read(exchange, endpoint.request()) : null;
        TokenGuard.Passed passed = guard.check(
                exchange, endpoint.transport(), early == null ? JsonObject.EMPTY : early, TokenGuard.UserAs.REMEMBERED);
        JsonObject body = early == null ? bodies.read(exchange, endpoint.request()) : early;
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
                                exchange, changed.user(), changed.replacement().get())
                        : passed.slots(exchange, changed.user());
                return success(exchange, slots);
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
            return refusal(rejected.problems());
        }
        if (outcome instanceof UpdateUser.Outcome.TokenRefused refused) {
            return new RefusedRequest(TokenGuard.reason(refused.flaw()));
        }
        return new RefusedRequest(
                outcome instanceof UpdateUser.Outcome.Contended ? Reason.UNAVAILABLE : Reason.REVOKED_TOKEN);
    }

    /** If the dialect has a field for the current password, a new password requires it, even if other changes do not. */
    private void askForCurrentPassword() throws RefusedRequest {
        ImmutableList<RefusedRequest.Flawed> absent = endpoint.request().fields().stream()
                .filter(field -> field.target() == FieldTarget.Named.CURRENT_PASSWORD)
                .map(field -> new RefusedRequest.Flawed(field, FieldFlaw.ABSENT))
                .collect(ImmutableList.toImmutableList());
        if (!absent.isEmpty()) {
            throw Inputs.refusal(absent, endpoint.request());
        }
    }

    private static @Nullable RawPassword password(Inputs inputs, FieldTarget target) {
        return inputs.text(target).map(RawPassword::of).orElse(null);
    }

    /** The refusal for the problems that the core found, in the order of the request's fields. */
    private RefusedRequest refusal(List<UserField.Problem> problems) {
        ImmutableList.Builder<RefusedRequest.Flawed> flawed = ImmutableList.builder();
        for (Field field : endpoint.request().fields()) {
            problems.stream()
                    .filter(problem -> isAbout(problem, field))
                    .forEach(problem -> flawed.add(new RefusedRequest.Flawed(field, FieldFlaw.of(problem.flaw()))));
        }
        ImmutableList<RefusedRequest.Flawed> all = flawed.build();
        return all.isEmpty() ? new RefusedRequest(Reason.INVALID_FIELDS) : Inputs.refusal(all, endpoint.request());
    }

    private static boolean isAbout(UserField.Problem problem, Field field) {
        return field.target() instanceof FieldTarget.Named named
                ? named.userField().equals(Optional.of(problem.field()))
                : problem.field() == UserField.ATTRIBUTES;
    }
}
