package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.ErrorCatalogue;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.json.JsonPointer;
import dev.countersign.session.RefreshRules;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Warns of errors for reasons that this dialect never raises, and of messages and slots that no error shows. */
final class ErrorWarnings {

    private static final String MESSAGE = "message";
    private static final String BY_REFRESH = "refresh raises it";

    /** The reasons that need a certain key in the file, with a hint. */
    private static final ImmutableMap<Reason, String> CAUSES = ImmutableMap.<Reason, String>builder()
            .put(Reason.MISSING_HEADER, "required_headers of an operation raise it")
            .put(Reason.WRONG_CONSTANT, "constants of an operation raise it")
            .put(Reason.DUPLICATE_IDENTIFIER, "register and update raise it")
            .put(Reason.INVALID_FIELDS, "operations without invalid_fields_as raise it")
            .put(Reason.CONFLICTING_TOKENS, "conflicting_tokens: refuse raises it")
            .put(Reason.EMPTY_TOKEN, "a scheme under token_in raises it")
            .put(Reason.MISSING_REFRESH_TOKEN, "refresh and logout by refresh token raise it")
            .put(Reason.INVALID_REFRESH_TOKEN, BY_REFRESH)
            .put(Reason.EXPIRED_REFRESH_TOKEN, BY_REFRESH)
            .put(Reason.REUSED_REFRESH_TOKEN, BY_REFRESH)
            .put(Reason.REVOKED_REFRESH_TOKEN, BY_REFRESH)
            .put(Reason.NO_SUCH_SESSION, "end_session raises it")
            .buildOrThrow();

    private final FileWarnings file;
    private final JsonPointer errors;
    private final ErrorCatalogue catalogue;
    private final Set<Reason> possible;

    ErrorWarnings(FileWarnings file, JsonPointer errors, ErrorCatalogue catalogue) {
        this.file = file;
        this.errors = errors;
        this.catalogue = catalogue;
        this.possible = possible(file.dialect());
    }

    void note() {
        for (Reason reason : Reason.values()) {
            JsonPointer at = errors.child(reason.word());
            if (file.at(at).isEmpty()) {
                continue;
            }
            if (possible.stream().noneMatch(one -> covers(reason, one))) {
                file.warn(
                        at, "this dialect never raises " + reason.word(), CAUSES.getOrDefault(reason, "leave it out"));
            } else {
                checkMessage(reason, at.child(MESSAGE));
                checkSlot(reason, "error.allow", Set.of(Reason.METHOD_NOT_ALLOWED));
                checkSlot(reason, "error.header", Set.of(Reason.MISSING_HEADER));
            }
        }
    }

    /** Whether a reason equals the other, or the other falls back to it. */
    private static boolean covers(Reason reason, Reason other) {
        return reason == other
                || other.fallback().filter(fallback -> covers(reason, fallback)).isPresent();
    }

    private static Set<Reason> possible(Dialect dialect) {
        Set<Reason> possible = EnumSet.allOf(Reason.class);
        possible.removeAll(CAUSES.keySet());
        for (Endpoint endpoint : dialect.endpoints()) {
            RequestShape request = endpoint.request();
            add(possible, Reason.MISSING_HEADER, !request.headers().isEmpty());
            add(possible, Reason.WRONG_CONSTANT, !request.constants().isEmpty());
            Reason collapsed = request.collapsed();
            if (collapsed != null) {
                possible.add(collapsed);
            } else if (!request.fields().isEmpty()) {
                possible.add(Reason.INVALID_FIELDS);
                add(
                        possible,
                        Reason.DUPLICATE_IDENTIFIER,
                        request.fields().stream()
                                .anyMatch(field -> field.target() == FieldTarget.Named.EMAIL
                                        || field.target() == FieldTarget.Named.USERNAME));
            }
            ofSessions(endpoint, dialect, possible);
            add(possible, Reason.CONFLICTING_TOKENS, !endpoint.transport().firstWins());
            add(
                    possible,
                    Reason.EMPTY_TOKEN,
                    endpoint.transport().places().stream()
                            .anyMatch(place -> place instanceof TokenPlace.InHeader header && header.scheme() != null));
        }
        return possible;
    }

    private static void ofSessions(Endpoint endpoint, Dialect dialect, Set<Reason> possible) {
        add(possible, Reason.NO_SUCH_SESSION, endpoint.operation() == Operation.END_SESSION);
        add(
                possible,
                Reason.MISSING_REFRESH_TOKEN,
                !endpoint.refreshTransport().places().isEmpty());
        if (endpoint.operation() == Operation.REFRESH) {
            possible.addAll(EnumSet.of(
                    Reason.INVALID_REFRESH_TOKEN, Reason.EXPIRED_REFRESH_TOKEN, Reason.REVOKED_REFRESH_TOKEN));
            add(
                    possible,
                    Reason.REUSED_REFRESH_TOKEN,
                    dialect.refresh()
                            .filter(rules -> rules.rotation() == RefreshRules.Rotation.SINGLE_USE)
                            .isPresent());
        }
    }

    private static void add(Set<Reason> possible, Reason reason, boolean raised) {
        if (raised) {
            possible.add(reason);
        }
    }

    private void checkMessage(Reason reason, JsonPointer at) {
        boolean seen = Arrays.stream(Reason.values())
                .filter(other -> owner(other, MESSAGE).equals(Optional.of(reason)))
                .anyMatch(other -> shows(other, "error.message"));
        if (file.at(at).filter(json -> !json.isNull()).isPresent() && !seen) {
            file.warn(at, "no error shows this message", "${error.message} in the body, or no message");
        }
    }

    private void checkSlot(Reason reason, String slot, Set<Reason> fillers) {
        boolean own = owner(reason, "body", "text").equals(Optional.of(reason));
        boolean filled = fillers.stream()
                .anyMatch(filler -> owner(filler, "body", "text").equals(Optional.of(reason)));
        if (own && shows(reason, slot) && !filled) {
            file.warn(
                    errors.child(reason.word()),
                    "${" + slot + "} has no value for " + reason.word(),
                    "leave it out; " + fillers.iterator().next().word() + " has one");
        }
    }

    private boolean shows(Reason reason, String slot) {
        return FileWarnings.shown(catalogue.answer(reason).template()).stream().anyMatch(name -> name.is(slot));
    }

    /** The reason or its nearest fallback that defines one of the keys; empty if none does. */
    private Optional<Reason> owner(Reason reason, String... keys) {
        boolean own = Arrays.stream(keys)
                .anyMatch(key -> file.at(errors.child(reason.word()).child(key)).isPresent());
        return own ? Optional.of(reason) : reason.fallback().flatMap(fallback -> owner(fallback, keys));
    }
}
