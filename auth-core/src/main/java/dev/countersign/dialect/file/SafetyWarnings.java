package dev.countersign.dialect.file;

import dev.countersign.dialect.CookieTemplate;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.OperationRule;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.session.RefreshRules;
import dev.countersign.template.SlotName;
import dev.countersign.token.Revocation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Warns of settings that are weaker than the default, and of answers whose token is revoked at once. */
final class SafetyWarnings {

    private static final int SHORT = 8;
    private static final Duration LONG_IDLE = Duration.ofDays(90);
    private static final Duration LONG_SESSION = Duration.ofDays(365);
    private static final String IF_OLD = ", unless the old API works this way";

    private final FileWarnings file;
    private final Dialect dialect;

    SafetyWarnings(FileWarnings file) {
        this.file = file;
        this.dialect = file.dialect();
    }

    void note() {
        revocation();
        dialect.refresh().ifPresent(this::refresh);
        if (dialect.token().needsIdentifierTimes()) {
            file.warn(
                    JsonPointer.parse("/token/subject"),
                    "another user may get this name later; then only times in seconds distinguish their tokens",
                    "user.id or user.uuid, or a claim that is ${token.credential}" + IF_OLD);
        }
        passwords();
        transport(dialect.transport(), JsonPointer.parse("/token_in"));
        if (dialect.transport().firstWins()) {
            file.warn(
                    JsonPointer.parse("/conflicting_tokens"),
                    "a second, different token in a request is ignored",
                    "refuse" + IF_OLD);
        }
        for (Endpoint endpoint : dialect.endpoints()) {
            if (!endpoint.transport().equals(dialect.transport())) {
                transport(endpoint.transport(), FileWarnings.operation(endpoint).child("token_in"));
            }
            cookies(endpoint);
            renewal(endpoint);
            if (!endpoint.refreshTransport().places().isEmpty()) {
                transport(
                        endpoint.refreshTransport(),
                        FileWarnings.operation(endpoint).child("refresh_token_in"));
            }
            if (endpoint.operation() != Operation.REGISTER && FileWarnings.setsPassword(endpoint)) {
                change(endpoint);
            }
        }
    }

    private void revocation() {
        String weak = switch (dialect.token().revocation()) {
            case BY_PASSWORD_CHANGE -> "";
            case OTHERS_BY_PASSWORD_CHANGE -> "a stolen token with which the password is changed stays valid";
            case NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE -> "a stolen token stays valid after a password change";
        };
        if (!weak.isEmpty()) {
            file.warn(JsonPointer.parse("/token/revocation"), weak, "by_password_change" + IF_OLD);
        }
    }

    private void refresh(RefreshRules rules) {
        JsonPointer at = JsonPointer.parse("/refresh_token");
        if (rules.rotation() == RefreshRules.Rotation.KEPT) {
            file.warn(
                    at.child("rotation"),
                    "a stolen refresh token works until it expires, and its use goes unnoticed",
                    "single_use" + IF_OLD);
        } else if (rules.grace().isZero()) {
            file.warn(
                    at.child("grace"),
                    "two tabs of a browser that refresh at once log the user out",
                    "a few seconds, such as 10s" + IF_OLD);
        }
        if (rules.idle().compareTo(LONG_IDLE) > 0) {
            file.warn(
                    at.child("idle"),
                    "a stolen refresh token works " + rules.idle().toDays() + " days after its user has left",
                    "90d or less" + IF_OLD);
        }
        if (rules.absolute().compareTo(LONG_SESSION) > 0) {
            file.warn(
                    at.child("absolute"),
                    "a session lasts " + rules.absolute().toDays() + " days without a password",
                    "365d or less" + IF_OLD);
        }
    }

    private void renewal(Endpoint endpoint) {
        if (endpoint.rule() instanceof OperationRule.Renewal renewal && !renewal.endsPresented()) {
            file.warn(
                    FileWarnings.operation(endpoint).child("presented_token"),
                    "a stolen token can be renewed without a trace, because its owner's token stays valid",
                    "ends" + IF_OLD);
        }
    }

    private void passwords() {
        if (dialect.endpoints().stream().noneMatch(FileWarnings::setsPassword)) {
            return;
        }
        if (!dialect.passwords().refuseCommon()) {
            file.warn(JsonPointer.parse("/passwords/refuse_common"), "common passwords are accepted", "true" + IF_OLD);
        }
        if (dialect.passwords().minimum() < SHORT) {
            file.warn(
                    JsonPointer.parse("/passwords/minimum"),
                    "passwords of " + dialect.passwords().minimum() + " characters are accepted",
                    "8 or more" + IF_OLD);
        }
    }

    private void transport(TokenTransport transport, JsonPointer at) {
        List<TokenPlace> places = transport.places();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) instanceof TokenPlace.InQuery) {
                file.warn(
                        at.child(Integer.toString(i)),
                        "tokens in the query end up in logs and histories",
                        "a header" + IF_OLD + "; query_tokens: false turns them off in a server");
            }
        }
    }

    private void cookies(Endpoint endpoint) {
        List<CookieTemplate> cookies = endpoint.answer().cookies();
        for (int i = 0; i < cookies.size(); i++) {
            CookieTemplate cookie = cookies.get(i);
            if (!isToken(FileWarnings.shown(cookie.value()))) {
                continue;
            }
            JsonPointer at = FileWarnings.operation(endpoint)
                    .child("answer")
                    .child("cookies")
                    .child(Integer.toString(i));
            if (!cookie.secure()) {
                file.warn(at, "a cookie with a token is also sent without TLS", "secure: true");
            }
            if (!cookie.httpOnly()) {
                file.warn(at, "scripts can read a cookie with a token", "http_only: true");
            }
            if (cookie.sameSite() == CookieTemplate.Site.NONE) {
                file.warn(
                        at,
                        "requests from other sites carry a cookie with a token",
                        "same_site: lax or strict, or protection against forged requests in the application");
            }
        }
    }

    private void change(Endpoint endpoint) {
        JsonPointer at = FileWarnings.operation(endpoint);
        boolean isWeak = file.at(at.child("password_change"))
                .filter(new JsonString("without_current_password")::equals)
                .isPresent();
        if (isWeak) {
            file.warn(
                    at.child("password_change"),
                    "a stolen token is enough to change the password",
                    "the field current_password" + IF_OLD);
        }
        if (dialect.token().revocation() != Revocation.BY_PASSWORD_CHANGE) {
            return;
        }
        boolean given = isToken(FileWarnings.shown(endpoint.answer()));
        if (endpoint.operation() == Operation.PASSWORD && !given) {
            file.warn(
                    at.child("answer"),
                    "a password change revokes the token of the request, and this answer has no new one",
                    "${token}, or clients must log in again");
        } else if (endpoint.operation() == Operation.UPDATE && given) {
            file.warn(
                    at.child("answer"),
                    "a password change revokes the token of the request",
                    "clients must continue with ${token} of this answer");
        }
    }

    private static boolean isToken(Collection<SlotName> shown) {
        return shown.stream().anyMatch(name -> name.is("token") || name.is(SlotScope.REFRESH_TOKEN));
    }
}
