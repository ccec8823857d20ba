package dev.countersign.dialect.file;

import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.OperationRule;
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
    private final Shared shared;

    OperationReader(Operation what, Section section, Shared shared) {
        this.what = what;
        this.section = section;
        this.shared = shared;
    }

    /**
     * What the operations of a file share.
     *
     * @param fields reads input fields
     * @param answers reads answers
     * @param templates reads templates
     * @param transport where requests carry the access token
     * @param refreshTransport where requests carry the refresh token
     */
    record Shared(
            FieldReader fields,
            AnswerReader answers,
            Templates templates,
            TokenTransport transport,
            TokenTransport refreshTransport) {}

    Endpoint read() {
        section.required("answer", "the answer of a successful request");
        OperationRule rule = new RuleReader(section, shared.templates()).read(what);
        RequestShape request = new RequestReader(what, section).read(shared.fields());
        TokenTransport access = TransportReader.readOr(TransportReader.ACCESS, section, shared.transport());
        TokenTransport refresh = TransportReader.readOr(TransportReader.REFRESH, section, shared.refreshTransport());
        boolean takesAccess = what.isAuthenticated() && !isByRefreshToken(rule);
        boolean takesRefresh = what == Operation.REFRESH || isByEither(rule) || isByRefreshToken(rule);
        if (takesAccess) {
            checkPlaces(access, request, "token", TransportReader.ACCESS);
        }
        if (takesRefresh) {
            checkPlaces(refresh, request, "refresh token", TransportReader.REFRESH);
        }
        if (what.hasFields()) {
            needs(FieldTarget.Named.PASSWORD, what != Operation.UPDATE);
            needs(FieldTarget.Named.IDENTIFIER, what == Operation.LOGIN);
            checkRegistration(request.fields());
            checkPasswordChange(request.fields());
        }
        ResponseTemplate answer = shared.answers().success(section.section("answer", DialectKey.ANSWER), scope());
        checkForProxies(answer);
        if (section.has("open") && what != Operation.REGISTER) {
            section.problems().add(section.at("open"), "only register can be open or not", "leave it out");
        }
        return new Endpoint(
                section.at().leaf(),
                what,
                RouteReader.read(section, what),
                request,
                takesRefresh && !takesAccess ? TokenTransport.NONE : access,
                takesRefresh ? refresh : TokenTransport.NONE,
                rule,
                answer);
    }

    private void checkForProxies(ResponseTemplate answer) {
        boolean written = section.flag("for_proxies", false);
        if (written && what != Operation.VERIFY) {
            section.problems().add(section.at("for_proxies"), "proxies ask for verify only", "leave it out");
        } else if (written && !(answer.body() instanceof ResponseTemplate.Body.Nothing)) {
            section.problems().add(section.at("answer"), "proxies ignore the body", "leave body and text out");
        }
    }

    private static boolean isByRefreshToken(OperationRule rule) {
        return rule instanceof OperationRule.LogOut logOut && logOut.by() == OperationRule.By.REFRESH_TOKEN;
    }

    private static boolean isByEither(OperationRule rule) {
        return rule instanceof OperationRule.LogOut logOut && logOut.by() == OperationRule.By.EITHER_TOKEN;
    }

    private SlotScope scope() {
        return switch (what) {
            case LOGIN, REGISTER, REFRESH, RENEW -> SlotScope.NEW_TOKEN;
            case UPDATE, PASSWORD -> SlotScope.CHANGED_USER;
            case ME, VERIFY, END_SESSION -> SlotScope.PRESENTED_TOKEN;
            case LOGOUT -> SlotScope.LOGGED_OUT;
            case SESSIONS -> SlotScope.SESSIONS;
            case KEYS -> SlotScope.KEYS;
        };
    }

    private void checkPlaces(TokenTransport own, RequestShape request, String token, String key) {
        if (own.places().isEmpty()) {
            section.problems().add(section.at(), what.word() + " needs a " + token, "add its place under " + key);
        } else if (request.mediaTypes().isEmpty()
                && own.places().stream().allMatch(TokenPlace.InBody.class::isInstance)) {
            section.problems()
                    .add(
                            section.at(),
                            what.word() + " reads its " + token + " from a body, but has no media types",
                            "media_types: [application/json], or another place under " + key);
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
        boolean changes = (what == Operation.UPDATE || what == Operation.PASSWORD)
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
