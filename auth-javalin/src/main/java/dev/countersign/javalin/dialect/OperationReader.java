package dev.countersign.javalin.dialect;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.javalin.yaml.NearestName;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one operation: where it is asked, with what, and what is answered. */
final class OperationReader {

    private final Operation what;
    private final Section section;
    private final FieldReader fields;
    private final AnswerReader answers;
    private final TokenTransport transport;

    OperationReader(
            Operation what, Section section, FieldReader fields, AnswerReader answers, TokenTransport transport) {
        this.what = what;
        this.section = section;
        this.fields = fields;
        this.answers = answers;
        this.transport = transport;
    }

    Endpoint read() {
        ImmutableList<Route> routes = RouteReader.read(section);
        section.required("answer", "what is answered when all went well");
        TokenTransport own =
                TransportReader.isWritten(section) ? TransportReader.read(section, transport.firstWins()) : transport;
        if (what.isAuthenticated() && own.places().isEmpty()) {
            section.problems().add(section.at(), what.word() + " needs a token", "say under token_in where it travels");
        }
        return new Endpoint(
                what,
                routes,
                request(),
                own,
                answers.success(section.section("answer", DialectKey.ANSWER.keys()), scope()));
    }

    private SlotScope scope() {
        return switch (what) {
            case LOGIN, REGISTER -> SlotScope.NEW_TOKEN;
            case ME, UPDATE, VERIFY -> SlotScope.PRESENTED_TOKEN;
            case KEYS -> SlotScope.KEYS;
        };
    }

    private RequestShape request() {
        @Nullable
        Reason collapsed = section.text("invalid_fields_as")
                .flatMap(word -> section.word(word, section.at("invalid_fields_as"), Reason.class))
                .orElse(null);
        ImmutableList<Field> inputs = fields.read(section, what, collapsed == null);
        if (what.hasFields()) {
            needs(inputs, FieldTarget.Named.PASSWORD, what != Operation.UPDATE);
            needs(inputs, FieldTarget.Named.IDENTIFIER, what == Operation.LOGIN);
            checkRegistration(inputs);
            checkPasswordChange(inputs);
        }
        return new RequestShape(
                section.list("media_types", this::bodyKind),
                section.json("assumed_media_type")
                        .flatMap(json -> bodyKind(json, section.at("assumed_media_type")))
                        .orElse(null),
                section.word("empty_body", EmptyBody.class, EmptyBody.REFUSED) == EmptyBody.ACCEPTED,
                requiredHeaders(),
                constants(),
                inputs,
                section.word("report", Report.class, Report.ALL) == Report.FIRST,
                collapsed);
    }

    /** Which flawed fields are told. */
    enum Report {
        ALL,
        FIRST
    }

    /** What a body of no bytes is. */
    enum EmptyBody {
        ACCEPTED,
        REFUSED
    }

    /** What a password change asks for. */
    enum PasswordChange {
        WITH_CURRENT_PASSWORD,
        WITHOUT_CURRENT_PASSWORD
    }

    private Optional<BodyKind> bodyKind(Json json, JsonPointer at) {
        Optional<BodyKind> kind = BodyKind.of(json.toString());
        if (kind.isEmpty()) {
            List<String> known =
                    Arrays.stream(BodyKind.values()).map(BodyKind::mediaType).toList();
            section.problems().add(at, "unknown media type " + json, NearestName.advice(json.toString(), known));
        }
        return kind;
    }

    private ImmutableMap<String, String> requiredHeaders() {
        ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
        for (String header : section.<String>list("required_headers", (json, at) -> json.asString())) {
            List<String> parts = Splitter.on(':').limit(2).trimResults().splitToList(header);
            headers.put(parts.get(0), parts.size() == 2 ? parts.get(1) : "");
        }
        return headers.buildKeepingLast();
    }

    private ImmutableMap<JsonPointer, Json> constants() {
        ImmutableMap.Builder<JsonPointer, Json> constants = ImmutableMap.builder();
        section.<Json>map("constants", (json, at) -> Optional.of(json)).forEach((text, json) -> {
            if (text.startsWith("/")) {
                constants.put(JsonPointer.parse(text), json);
            } else {
                section.problems().add(section.at("constants").child(text), text, "a pointer such as /strategy");
            }
        });
        return constants.buildOrThrow();
    }

    private void needs(ImmutableList<Field> inputs, FieldTarget target, boolean needed) {
        if (needed && inputs.stream().noneMatch(field -> field.target().equals(target))) {
            String name = target.toString().toLowerCase(Locale.ROOT);
            section.problems()
                    .add(section.at(), what.word() + " needs the field " + name, "say under fields where it is");
        }
    }

    private void checkRegistration(ImmutableList<Field> inputs) {
        boolean named = inputs.stream()
                .anyMatch(field -> !field.optional()
                        && (field.target() == FieldTarget.Named.EMAIL || field.target() == FieldTarget.Named.USERNAME));
        if (what == Operation.REGISTER && !named) {
            section.problems()
                    .add(
                            section.at("fields"),
                            "nothing names the new user",
                            "an email or a username that is not optional");
        }
    }

    private void checkPasswordChange(ImmutableList<Field> inputs) {
        boolean changes = what == Operation.UPDATE
                && inputs.stream().anyMatch(field -> field.target() == FieldTarget.Named.PASSWORD);
        boolean current = inputs.stream().anyMatch(field -> field.target() == FieldTarget.Named.CURRENT_PASSWORD);
        PasswordChange loud =
                section.word("password_change", PasswordChange.class, PasswordChange.WITH_CURRENT_PASSWORD);
        if (changes && !current && loud != PasswordChange.WITHOUT_CURRENT_PASSWORD) {
            section.problems()
                    .add(
                            section.at("fields"),
                            "a password can be changed without the current one",
                            "add the field current_password, or password_change: without_current_password if the old API is so");
        }
    }
}
