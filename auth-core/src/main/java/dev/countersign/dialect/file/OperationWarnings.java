package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.SlotName;
import dev.countersign.user.UserSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Warns of keys that have no effect on their operation, and of attributes that are stored but never shown. */
final class OperationWarnings {

    private final FileWarnings file;
    private final Dialect dialect;

    OperationWarnings(FileWarnings file) {
        this.file = file;
        this.dialect = file.dialect();
    }

    void note() {
        ImmutableSet<SlotName> shown = Stream.of(
                        FileWarnings.shown(dialect.token().claims()).stream(),
                        dialect.authenticatedHeaders().values().stream()
                                .flatMap(template -> FileWarnings.shown(template).stream()),
                        dialect.endpoints().stream()
                                .flatMap(endpoint -> FileWarnings.shown(endpoint.answer()).stream()))
                .flatMap(names -> names)
                .collect(ImmutableSet.toImmutableSet());
        for (Endpoint endpoint : dialect.endpoints()) {
            keys(endpoint);
            routes(endpoint);
            attributes(endpoint, shown);
        }
        if (dialect.endpoints().stream().noneMatch(FileWarnings::setsPassword)) {
            warnIfPresent("/passwords", "no operation sets a password");
        }
        refreshTokens();
        equalTokens();
        boolean asked = dialect.endpoints().stream().anyMatch(endpoint -> endpoint.operation() == Operation.KEYS);
        if (asked && dialect.token().algorithm().startsWith("HS")) {
            file.warn(
                    JsonPointer.parse("/operations/keys"),
                    dialect.token().algorithm() + " tokens have no public keys: the list is empty",
                    "ES256, EdDSA or RS256, or no operation keys");
        }
    }

    private void keys(Endpoint endpoint) {
        Operation what = endpoint.operation();
        List<String> idle = new ArrayList<>();
        if (!what.hasFields()) {
            idle.addAll(List.of("report", "invalid_fields_as"));
        }
        if (!FileWarnings.setsPassword(endpoint) || what == Operation.REGISTER) {
            idle.add("password_change");
        }
        boolean takesAccess =
                what.isAuthenticated() && !endpoint.transport().places().isEmpty();
        if (!takesAccess) {
            idle.add("token_in");
        }
        if (endpoint.refreshTransport().places().isEmpty()) {
            idle.add("refresh_token_in");
        }
        if (what != Operation.RENEW) {
            idle.add("presented_token");
        }
        if (what != Operation.LOGOUT) {
            idle.addAll(List.of("ends", "by"));
        }
        if (what != Operation.SESSIONS) {
            idle.add("each");
        }
        boolean reads = endpoint.request().hasBody()
                || (takesAccess && endpoint.transport().readsBody())
                || endpoint.refreshTransport().readsBody();
        if (!reads) {
            idle.addAll(List.of("media_types", "assumed_media_type", "empty_body"));
        }
        for (String key : idle) {
            warnIfPresent(
                    FileWarnings.operation(endpoint).child(key).toString(), key + " has no effect on " + what.word());
        }
    }

    private void equalTokens() {
        boolean endsSingly = dialect.endpoints().stream()
                .map(Endpoint::operation)
                .anyMatch(what -> what == Operation.LOGOUT || what == Operation.END_SESSION);
        boolean isUnique = dialect.token().isRandom()
                || FileWarnings.shown(dialect.token().claims()).stream()
                        .anyMatch(name -> name.is("token.id") || name.is("session.id"));
        if (endsSingly && !isUnique) {
            file.warn(
                    JsonPointer.parse("/token/claims"),
                    "two logins of a user within a second get the same token, and end together",
                    "jti: \"${token.id}\", unless clients depend on the claims");
        }
    }

    private void refreshTokens() {
        if (dialect.refresh().isEmpty()) {
            warnIfPresent("/refresh_token_in", "there are no refresh tokens");
            return;
        }
        JsonPointer at = JsonPointer.parse("/refresh_token");
        if (dialect.endpoints().stream().noneMatch(endpoint -> endpoint.operation() == Operation.REFRESH)) {
            file.warn(at, "no operation exchanges refresh tokens", "an operation refresh, or no refresh tokens");
        }
        boolean given = dialect.endpoints().stream()
                .filter(endpoint -> endpoint.operation() == Operation.LOGIN)
                .flatMap(endpoint -> FileWarnings.shown(endpoint.answer()).stream())
                .anyMatch(name -> name.is(SlotScope.REFRESH_TOKEN));
        if (!given) {
            file.warn(at, "no login gives a refresh token", "${refresh_token} in the answer of login");
        }
    }

    private void warnIfPresent(String key, String what) {
        JsonPointer at = JsonPointer.parse(key);
        if (file.at(at).isPresent()) {
            file.warn(at, what, "leave it out");
        }
    }

    private void routes(Endpoint endpoint) {
        if (endpoint.request().hasBody()
                && endpoint.routes().stream().anyMatch(route -> route.method().equals("GET"))) {
            file.warn(
                    FileWarnings.operation(endpoint).child("routes"),
                    "many clients send no body with GET",
                    "POST, PUT or PATCH");
        }
    }

    private void attributes(Endpoint endpoint, ImmutableSet<SlotName> shown) {
        endpoint.request().fields().forEach(field -> {
            if (field.target() instanceof FieldTarget.Attribute attribute
                    && shown.stream().noneMatch(name -> shows(name, attribute.path()))) {
                String name = UserSlots.ATTRIBUTES + "." + String.join(".", attribute.path());
                file.warn(
                        FileWarnings.operation(endpoint).child("fields").child(name),
                        "no answer and no claim shows user." + name,
                        "show it, or leave it out unless the application reads it");
            }
        });
    }

    private static boolean shows(SlotName name, List<String> path) {
        if (!name.source().equals(UserSlots.SOURCE)
                || name.rest().isEmpty()
                || !name.rest().get(0).equals(UserSlots.ATTRIBUTES)) {
            return false;
        }
        List<String> shown = name.rest().subList(1, name.rest().size());
        int common = Math.min(shown.size(), path.size());
        return shown.subList(0, common).equals(path.subList(0, common));
    }
}
