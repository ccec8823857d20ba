package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.internal.row.AttributeText;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.user.AttributeChange;
import java.util.Optional;

/** The values of a request's fields, after checking presence and types. */
final class Inputs {

    private final ImmutableMap<FieldTarget, Json> values;

    private Inputs(ImmutableMap<FieldTarget, Json> values) {
        this.values = values;
    }

    static Inputs bind(JsonObject body, RequestShape shape) throws RefusedRequest {
        boolean constant = shape.constants().entrySet().stream()
                .allMatch(entry -> entry.getKey().in(body).equals(Optional.of(entry.getValue())));
        if (!constant) {
            throw new RefusedRequest(Reason.WRONG_CONSTANT);
        }
        ImmutableMap.Builder<FieldTarget, Json> values = ImmutableMap.builder();
        ImmutableList.Builder<RefusedRequest.Flawed> found = ImmutableList.builder();
        for (Field field : shape.fields()) {
            Optional<Json> value = field.at().in(body);
            Optional<FieldFlaw> flaw = flaw(field, value);
            flaw.ifPresent(what -> found.add(new RefusedRequest.Flawed(field, what)));
            if (flaw.isEmpty()) {
                value.ifPresent(json -> values.put(field.target(), kept(field, json)));
            }
        }
        ImmutableList<RefusedRequest.Flawed> flawed = found.build();
        if (!flawed.isEmpty()) {
            throw refusal(flawed, shape);
        }
        return new Inputs(values.buildOrThrow());
    }

    /** The refusal of a request with flawed fields (at least one), in the dialect's layout. */
    static RefusedRequest refusal(ImmutableList<RefusedRequest.Flawed> flawed, RequestShape shape) {
        boolean taken = flawed.stream().allMatch(field -> field.flaw() == FieldFlaw.TAKEN);
        Reason reason = taken ? Reason.DUPLICATE_IDENTIFIER : Reason.INVALID_FIELDS;
        Reason collapsed = shape.collapsed();
        return RefusedRequest.ofFields(
                collapsed == null ? reason : collapsed, shape.firstOnly() ? flawed.subList(0, 1) : flawed);
    }

    private static Optional<FieldFlaw> flaw(Field field, Optional<Json> value) {
        if (value.isEmpty()) {
            return field.optional() ? Optional.empty() : Optional.of(FieldFlaw.ABSENT);
        }
        Json json = value.get();
        if (json.isNull()) {
            return field.nullable() ? Optional.empty() : Optional.of(FieldFlaw.NULL_VALUE);
        }
        if (!field.type().fits(json)) {
            return Optional.of(FieldFlaw.WRONG_TYPE);
        }
        if (field.target() instanceof FieldTarget.Attribute attribute && !isStorable(attribute, json)) {
            return Optional.of(FieldFlaw.MALFORMED);
        }
        return isBlank(field, json) && field.blank() == Field.Blank.REFUSED
                ? Optional.of(FieldFlaw.EMPTY)
                : Optional.empty();
    }

    /** The place of an attribute in the user may be deeper than in the request, and so exceed the depth limit. */
    private static boolean isStorable(FieldTarget.Attribute attribute, Json json) {
        return AttributeText.isWritable(
                AttributeChange.apply(JsonObject.EMPTY, ImmutableList.of(new AttributeChange(attribute.path(), json))));
    }

    // White space alone is never an identifier, but it may be a password, which is verified exactly as typed.
    private static boolean isBlank(Field field, Json json) {
        boolean secret =
                field.target() == FieldTarget.Named.PASSWORD || field.target() == FieldTarget.Named.CURRENT_PASSWORD;
        return json instanceof JsonString text
                && (secret ? text.value().isEmpty() : text.value().isBlank());
    }

    private static Json kept(Field field, Json json) {
        return isBlank(field, json) && field.blank() == Field.Blank.AS_NULL ? JsonNull.NULL : json;
    }

    Optional<String> text(FieldTarget target) {
        return json(target).map(Json::toString);
    }

    Optional<Json> json(FieldTarget target) {
        return Optional.ofNullable(values.get(target)).filter(json -> !json.isNull());
    }

    ImmutableList<AttributeChange> attributes() {
        ImmutableList.Builder<AttributeChange> changes = ImmutableList.builder();
        values.forEach((target, json) -> {
            if (target instanceof FieldTarget.Attribute attribute) {
                changes.add(new AttributeChange(attribute.path(), json));
            }
        });
        return changes.build();
    }
}
