package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.JsonType;
import dev.countersign.dialect.Operation;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Warns of messages and codes for flaws that cannot occur or that no error shows, and of slots for limits that do not exist. */
final class FieldWarnings {

    private static final JsonPointer MESSAGES = JsonPointer.parse("/field_errors/messages");
    private static final JsonPointer CODES = JsonPointer.parse("/field_errors/codes");
    private static final ImmutableSet<FieldFlaw> LIMITED =
            ImmutableSet.of(FieldFlaw.TOO_SHORT, FieldFlaw.TOO_LONG, FieldFlaw.TOO_MANY_BYTES);

    private final FileWarnings file;
    private final Dialect dialect;
    private final Set<JsonPointer> used = new LinkedHashSet<>();
    private final Set<JsonPointer> written = new LinkedHashSet<>();

    FieldWarnings(FileWarnings file) {
        this.file = file;
        this.dialect = file.dialect();
    }

    void note() {
        writtenAt(MESSAGES);
        writtenAt(CODES);
        Set<FieldFlaw> possible = EnumSet.noneOf(FieldFlaw.class);
        for (Endpoint endpoint : dialect.endpoints()) {
            for (Field field : endpoint.request().fields()) {
                JsonPointer own = FileWarnings.operation(endpoint)
                        .child("fields")
                        .child(name(field.target()))
                        .child("messages");
                writtenAt(own);
                for (FieldFlaw flaw : flaws(field, endpoint.operation())) {
                    possible.add(flaw);
                    owner(flaw, own, MESSAGES).ifPresent(used::add);
                    owner(flaw, CODES, CODES).ifPresent(used::add);
                }
            }
        }
        for (JsonPointer at : written) {
            if (!used.contains(at)) {
                file.warn(at, "no field can be " + at.leaf(), "leave it out");
            }
        }
        limits(possible);
        warnIfUnused(MESSAGES, "field.message");
        warnIfUnused(CODES, "field.code");
    }

    private static String name(FieldTarget target) {
        return target instanceof FieldTarget.Attribute attribute
                ? TargetReader.ATTRIBUTES + String.join(".", attribute.path())
                : TargetReader.word((FieldTarget.Named) target);
    }

    private void writtenAt(JsonPointer place) {
        for (FieldFlaw flaw : FieldFlaw.values()) {
            if (file.at(place.child(flaw.word())).isPresent()) {
                written.add(place.child(flaw.word()));
            }
        }
    }

    /** The place of a flaw's text: at the flaw or its nearest fallback, for each the field's own before the file's. */
    private Optional<JsonPointer> owner(FieldFlaw flaw, JsonPointer own, JsonPointer shared) {
        for (JsonPointer place : new JsonPointer[] {own.child(flaw.word()), shared.child(flaw.word())}) {
            if (file.at(place).isPresent()) {
                return Optional.of(place);
            }
        }
        return flaw.fallback().flatMap(fallback -> owner(fallback, own, shared));
    }

    /** The possible flaws of a field. */
    private Set<FieldFlaw> flaws(Field field, Operation what) {
        Set<FieldFlaw> flaws = EnumSet.noneOf(FieldFlaw.class);
        boolean stored = what != Operation.LOGIN && field.target() instanceof FieldTarget.Named;
        if (!field.optional() || stored) {
            flaws.add(FieldFlaw.ABSENT);
        }
        if (!field.nullable()) {
            flaws.add(FieldFlaw.NULL_VALUE);
        }
        if (field.blank() == Field.Blank.REFUSED && field.type().fits(new JsonString(""))) {
            flaws.add(FieldFlaw.EMPTY);
        }
        if (field.type() != JsonType.ANY) {
            flaws.add(FieldFlaw.WRONG_TYPE);
        }
        if (!stored && (field.type().fits(JsonArray.of()) || field.type().fits(JsonObject.EMPTY))) {
            // A value that is nested too deeply.
            flaws.add(FieldFlaw.MALFORMED);
        }
        if (stored) {
            flaws.addAll(flaws((FieldTarget.Named) field.target()));
        }
        return flaws;
    }

    private Set<FieldFlaw> flaws(FieldTarget.Named target) {
        return switch (target) {
            case IDENTIFIER -> Set.of();
            case EMAIL, USERNAME -> Set.of(FieldFlaw.MALFORMED, FieldFlaw.TAKEN);
            case CURRENT_PASSWORD -> Set.of(FieldFlaw.WRONG);
            case PASSWORD -> {
                Set<FieldFlaw> flaws = EnumSet.of(
                        FieldFlaw.MALFORMED,
                        FieldFlaw.TOO_SHORT,
                        FieldFlaw.TOO_LONG,
                        FieldFlaw.TOO_MANY_BYTES,
                        FieldFlaw.LIKE_IDENTIFIER);
                if (dialect.passwords().refuseCommon()) {
                    flaws.add(FieldFlaw.TOO_COMMON);
                }
                yield flaws;
            }
        };
    }

    private void limits(Set<FieldFlaw> possible) {
        for (JsonPointer at : written) {
            boolean limit = file.at(at)
                    .filter(text -> text.toString().contains("${field.limit"))
                    .isPresent();
            FieldFlaw flaw = FieldFlaw.valueOf(at.leaf().toUpperCase(Locale.ROOT));
            if (limit && !LIMITED.contains(flaw)) {
                file.warn(at, at.leaf() + " has no limit", "leave ${field.limit} out");
            }
            boolean bytes = flaw == FieldFlaw.TOO_LONG
                    && possible.contains(FieldFlaw.TOO_MANY_BYTES)
                    && file.at(MESSAGES.child(FieldFlaw.TOO_MANY_BYTES.word())).isEmpty();
            if (limit && bytes) {
                file.warn(
                        at,
                        "this message is also used for a short password with too many bytes",
                        "too_many_bytes: with ${field.limit} as the number of bytes");
            }
        }
    }

    private void warnIfUnused(JsonPointer at, String slot) {
        boolean each = FileWarnings.shown(dialect.fieldErrors().each()).stream().anyMatch(name -> name.is(slot));
        boolean seen = dialect.errors().answers().values().stream()
                .flatMap(answer -> FileWarnings.shown(answer.template()).stream())
                .anyMatch(name -> name.is(slot) || (each && name.is("fields")));
        Optional<Json> texts = file.at(at);
        if (!seen && texts.isPresent()) {
            file.warn(at, "no error shows ${" + slot + "}", "leave it out, or show ${fields} or ${" + slot + "}");
        }
    }
}
