package dev.countersign.dialect.file;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldErrors;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.JsonType;
import dev.countersign.dialect.Operation;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.template.Template;
import dev.countersign.user.IdentifierKind;
import java.util.Optional;

/** Reads input fields and the reports of their flaws. */
final class FieldReader {

    private final Section errors;
    private final Templates templates;
    private final FlawTexts<Template> messages;

    FieldReader(Section errors, Templates templates) {
        this.errors = errors;
        this.templates = templates;
        this.messages = messages(errors);
    }

    FieldErrors errors() {
        Template each = errors.json("each")
                .flatMap(json -> templates.json(json, errors.at("each"), SlotScope.FIELD))
                .orElseGet(() -> Template.of(JsonArray.of(new JsonString("${field.message}"))));
        FlawTexts<String> written = codes(errors);
        ImmutableMap.Builder<FieldFlaw, String> codes = ImmutableMap.builder();
        for (FieldFlaw flaw : FieldFlaw.values()) {
            if (written.owner(flaw).isEmpty()) {
                codes.put(flaw, flaw.word());
            }
            written.text(flaw).ifPresent(code -> codes.put(flaw, code));
        }
        return new FieldErrors(
                errors.word("shape", FieldErrors.Shape.class, FieldErrors.Shape.OBJECT), each, codes.buildOrThrow());
    }

    static FlawTexts<String> codes(Section errors) {
        return FlawTexts.read(errors.section("codes", DialectKey.FLAWS), Section::text);
    }

    private FlawTexts<Template> messages(Section in) {
        return FlawTexts.read(
                in.section("messages", DialectKey.FLAWS),
                (section, flaw) ->
                        section.json(flaw).flatMap(json -> templates.text(json, section.at(flaw), SlotScope.MESSAGE)));
    }

    ImmutableList<Field> read(Section operation, Operation what, boolean reported) {
        TargetReader targets = new TargetReader(what, operation);
        return ImmutableList.copyOf(operation
                .<Field>map(
                        "fields",
                        (json, at) -> targets.read(at)
                                .flatMap(target -> field(
                                        target,
                                        Section.of(json, at, DialectKey.FIELD, operation.problems()),
                                        reported)))
                .values());
    }

    /** The names in an attribute's path, from the outermost. */
    static ImmutableList<String> path(String field) {
        return ImmutableList.copyOf(Splitter.on('.').split(field.substring(TargetReader.ATTRIBUTES.length())));
    }

    private Optional<Field> field(FieldTarget target, Section field, boolean reported) {
        field.required("at", "the pointer of the field in the body, such as /user/email");
        boolean identifier = target == FieldTarget.Named.IDENTIFIER;
        boolean secret = target == FieldTarget.Named.PASSWORD || target == FieldTarget.Named.CURRENT_PASSWORD;
        if (identifier) {
            field.required("kind", "email, username or either");
        } else if (field.has("kind")) {
            field.problems().add(field.at("kind"), "only an identifier has a kind", "leave it out");
        }
        JsonType type = field.word("type", JsonType.class, JsonType.STRING);
        boolean textual = type == JsonType.STRING || (type == JsonType.STRING_OR_INTEGER && !secret);
        if (target instanceof FieldTarget.Named && !textual) {
            field.problems()
                    .add(field.at("type"), "type is " + type.word(), secret ? "string" : "string or string_or_integer");
        }
        boolean nullable = field.flag("nullable", false);
        if (target instanceof FieldTarget.Named && nullable) {
            field.problems().add(field.at("nullable"), "only a free attribute can be null", "leave it out");
        }
        return field.pointer("at")
                .filter(at -> isPlace(at, field))
                .map(at -> new Field(
                        target,
                        at,
                        field.text("name").orElse(at.leaf()),
                        field.word("kind", IdentifierKind.class, IdentifierKind.EITHER),
                        type,
                        field.flag("optional", false),
                        nullable,
                        field.word("blank", Field.Blank.class, Field.Blank.REFUSED),
                        messages(field, reported)));
    }

    private static boolean isPlace(JsonPointer at, Section field) {
        if (at.segments().isEmpty()) {
            field.problems()
                    .add(field.at("at"), "the whole body cannot be a field", "the pointer of a field, such as /email");
        }
        return !at.segments().isEmpty();
    }

    /** Finds a message for every flaw: from the flaw or its nearest fallback, and for each the field's own before the file's. */
    private ImmutableMap<FieldFlaw, Template> messages(Section field, boolean reported) {
        FlawTexts<Template> texts = messages.with(messages(field));
        ImmutableMap.Builder<FieldFlaw, Template> complete = ImmutableMap.builder();
        for (FieldFlaw flaw : FieldFlaw.values()) {
            texts.text(flaw).ifPresent(template -> complete.put(flaw, template));
            if (texts.owner(flaw).isEmpty() && reported && flaw.fallback().isEmpty()) {
                field.problems()
                        .add(
                                field.at(),
                                "there is no message for an absent field",
                                "field_errors: messages: absent: …, or invalid_fields_as to answer flawed fields with another error");
            }
        }
        return complete.buildOrThrow();
    }
}
