package dev.countersign.javalin.dialect;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldErrors;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.JsonType;
import dev.countersign.dialect.Operation;
import dev.countersign.javalin.yaml.NearestName;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.template.Template;
import dev.countersign.user.IdentifierKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads input fields and what is told when they are flawed. */
final class FieldReader {

    private static final String ATTRIBUTES = "attributes.";

    private final Section errors;
    private final Map<String, Template> messages;

    FieldReader(Section errors) {
        this.errors = errors;
        this.messages = messages(errors);
    }

    FieldErrors errors() {
        Template each = errors.json("each")
                .flatMap(json -> Templates.read(json, errors.at("each"), SlotScope.FIELD, errors.problems()))
                .orElseGet(() -> Template.of(JsonArray.of(new JsonString("${field.message}"))));
        Section written = errors.section("codes", DialectKey.FLAWS.keys());
        ImmutableMap.Builder<FieldFlaw, String> codes = ImmutableMap.builder();
        for (FieldFlaw flaw : FieldFlaw.values()) {
            codes.put(flaw, written.text(flaw.word()).orElse(flaw.word()));
        }
        return new FieldErrors(
                errors.word("shape", FieldErrors.Shape.class, FieldErrors.Shape.OBJECT), each, codes.buildOrThrow());
    }

    ImmutableList<Field> read(Section operation, Operation what, boolean told) {
        return ImmutableList.copyOf(operation
                .<Field>map(
                        "fields",
                        (json, at) -> target(at, what, operation)
                                .flatMap(target -> field(
                                        target,
                                        Section.of(json, at, DialectKey.FIELD.keys(), operation.problems()),
                                        told)))
                .values());
    }

    private static Optional<FieldTarget> target(JsonPointer at, Operation what, Section operation) {
        String name = at.leaf();
        if (name.startsWith(ATTRIBUTES) && name.length() > ATTRIBUTES.length()) {
            FieldTarget attribute = new FieldTarget.Attribute(
                    ImmutableList.copyOf(Splitter.on('.').split(name.substring(ATTRIBUTES.length()))));
            return taken(attribute, at, what, operation);
        }
        ImmutableList<String> names = Arrays.stream(FieldTarget.Named.values())
                .filter(target -> target.operations().contains(what))
                .map(target -> target.name().toLowerCase(Locale.ROOT))
                .collect(ImmutableList.toImmutableList());
        Optional<FieldTarget.Named> named = Arrays.stream(FieldTarget.Named.values())
                .filter(target -> target.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
        if (named.isEmpty()) {
            operation
                    .problems()
                    .add(at, "unknown field " + name, NearestName.advice(name, names) + " (or attributes.NAME)");
        }
        return named.flatMap(target -> taken(target, at, what, operation));
    }

    private static Optional<FieldTarget> taken(FieldTarget target, JsonPointer at, Operation what, Section operation) {
        if (!target.operations().contains(what)) {
            operation.problems().add(at, what.word() + " takes no " + at.leaf(), "leave it out");
            return Optional.empty();
        }
        return Optional.of(target);
    }

    private Optional<Field> field(FieldTarget target, Section field, boolean told) {
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
                .map(at -> new Field(
                        target,
                        at,
                        field.text("name").orElse(at.leaf()),
                        field.word("kind", IdentifierKind.class, IdentifierKind.EITHER),
                        type,
                        field.flag("optional", false),
                        nullable,
                        field.word("blank", Field.Blank.class, Field.Blank.REFUSED),
                        messages(field, told)));
    }

    /** A message for every flaw: the field's own, or the file's, of the flaw or of the one it falls back to. */
    private ImmutableMap<FieldFlaw, Template> messages(Section field, boolean told) {
        Map<String, Template> own = messages(field);
        ImmutableMap.Builder<FieldFlaw, Template> complete = ImmutableMap.builder();
        for (FieldFlaw flaw : FieldFlaw.values()) {
            Optional<Template> message = message(flaw, own).or(() -> message(flaw, messages));
            message.ifPresent(template -> complete.put(flaw, template));
            if (message.isEmpty() && told && flaw.fallback().isEmpty()) {
                field.problems()
                        .add(
                                field.at(),
                                "there is no message for an absent field",
                                "field_errors: messages: absent: …, or invalid_fields_as if flawed fields are answered otherwise");
            }
        }
        return complete.buildOrThrow();
    }

    private static Optional<Template> message(FieldFlaw flaw, Map<String, Template> from) {
        Template own = from.get(flaw.word());
        return own != null ? Optional.of(own) : flaw.fallback().flatMap(fallback -> message(fallback, from));
    }

    private static Map<String, Template> messages(Section in) {
        Section messages = in.section("messages", DialectKey.FLAWS.keys());
        ImmutableMap.Builder<String, Template> read = ImmutableMap.builder();
        for (String flaw : DialectKey.FLAWS.keys()) {
            messages.json(flaw)
                    .flatMap(json -> Templates.text(json, messages.at(flaw), SlotScope.MESSAGE, in.problems()))
                    .ifPresent(template -> read.put(flaw, template));
        }
        return read.buildOrThrow();
    }
}
