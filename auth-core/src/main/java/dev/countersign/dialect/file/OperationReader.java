package dev.countersign.dialect.file;

import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.RequestShape;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.JsonPointer;
import java.util.List;

/** Reads one operation: its routes, request and answer. */
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
        section.required("answer", "the answer of a successful request");
        TokenTransport own =
                TransportReader.isWritten(section) ? TransportReader.read(section, transport.firstWins()) : transport;
        RequestShape request = new RequestReader(what, section).read(fields);
        checkToken(own, request);
        if (what.hasFields()) {
            needs(FieldTarget.Named.PASSWORD, what != Operation.UPDATE);
            needs(FieldTarget.Named.IDENTIFIER, what == Operation.LOGIN);
            checkRegistration(request.fields());
            checkPasswordChange(request.fields());
        }
        ResponseTemplate answer = answers.success(section.section("answer", DialectKey.ANSWER), scope());
        return new Endpoint(what, RouteReader.read(section), request, own, answer, isForProxies(answer));
    }

    private boolean isForProxies(ResponseTemplate answer) {
        boolean written = section.flag("for_proxies", false);
        if (written && what != Operation.VERIFY) {
            section.problems().add(section.at("for_proxies"), "proxies ask for verify only", "leave it out");
        } else if (written && !(answer.body() instanceof ResponseTemplate.Body.Nothing)) {
            section.problems().add(section.at("answer"), "proxies ignore the body", "leave body and text out");
        }
        return written;
    }

    private SlotScope scope() {
        return switch (what) {
            case LOGIN, REGISTER -> SlotScope.NEW_TOKEN;
            case ME, UPDATE, VERIFY -> SlotScope.PRESENTED_TOKEN;
            case KEYS -> SlotScope.KEYS;
        };
    }

    private void checkToken(TokenTransport own, RequestShape request) {
        if (!what.isAuthenticated()) {
            return;
        }
        if (own.places().isEmpty()) {
            section.problems().add(section.at(), what.word() + " needs a token", "add its place under token_in");
        } else if (request.mediaTypes().isEmpty()
                && own.places().stream().allMatch(TokenPlace.InBody.class::isInstance)) {
            section.problems()
                    .add(
                            section.at(),
                            what.word() + " reads its token from a body, but has no media types",
                            "media_types: [application/json], or another place under token_in");
        }
    }

    /** The requirement for a password change. */
    enum PasswordChange {
        WITH_CURRENT_PASSWORD,
        WITHOUT_CURRENT_PASSWORD
    }

    private void needs(FieldTarget.Named target, boolean needed) {
        String name = TargetReader.word(target);
        boolean written =
                section.json("fields").flatMap(JsonPointer.ROOT.child(name)::in).isPresent();
        if (needed && !written) {
            section.problems()
                    .add(section.at(), what.word() + " needs the field " + name, "add its pointer under fields");
        }
    }

    private void checkRegistration(List<Field> inputs) {
        boolean named = inputs.stream()
                .anyMatch(field -> !field.optional()
                        && (field.target() == FieldTarget.Named.EMAIL || field.target() == FieldTarget.Named.USERNAME));
        if (what == Operation.REGISTER && !named) {
            section.problems()
                    .add(
                            section.at("fields"),
                            "no field identifies the new user",
                            "an email or a username that is not optional");
        }
    }

    private void checkPasswordChange(List<Field> inputs) {
        boolean changes = what == Operation.UPDATE
                && inputs.stream().anyMatch(field -> field.target() == FieldTarget.Named.PASSWORD);
        boolean current = inputs.stream().anyMatch(field -> field.target() == FieldTarget.Named.CURRENT_PASSWORD);
        PasswordChange change =
                section.word("password_change", PasswordChange.class, PasswordChange.WITH_CURRENT_PASSWORD);
        if (changes && !current && change != PasswordChange.WITHOUT_CURRENT_PASSWORD) {
            section.problems()
                    .add(
                            section.at("fields"),
                            "a password can be changed without the current one",
                            "add the field current_password, or password_change: without_current_password if the old API works this way");
        }
    }
}
