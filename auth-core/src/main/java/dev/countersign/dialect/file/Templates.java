package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.file.SlotCheck.Surroundings;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.template.Template;
import dev.countersign.template.TemplateException;
import java.util.Optional;

/** Reads the templates of one file and checks that every slot has a value at its place. */
final class Templates {

    private final ValueKinds kinds;
    private final Problems problems;

    Templates(ValueKinds kinds, Problems problems) {
        this.kinds = kinds;
        this.problems = problems;
    }

    /** Reads a template for JSON. */
    Optional<Template> json(Json pattern, JsonPointer at, SlotScope scope) {
        return read(pattern, at, scope, false);
    }

    /** Reads a template for text. */
    Optional<Template> text(Json pattern, JsonPointer at, SlotScope scope) {
        if (pattern instanceof JsonNumber number) {
            return Optional.of(Template.ofText(number.toString()));
        }
        if (!(pattern instanceof JsonString)) {
            problems.add(at, "this is " + Section.kind(pattern), "a text, which may have slots");
            return Optional.empty();
        }
        return read(pattern, at, scope, true);
    }

    private Optional<Template> read(Json pattern, JsonPointer at, SlotScope scope, boolean asText) {
        try {
            Template template = Template.of(pattern);
            check(template, at, scope, asText);
            return Optional.of(template);
        } catch (TemplateException unreadable) {
            unreadable.problems().forEach((place, flaw) -> problems.add(below(at, place), flaw.found(), flaw.right()));
            checkRest(pattern, at, scope, asText);
            return Optional.empty();
        }
    }

    private void check(Template template, JsonPointer at, SlotScope scope, boolean asText) {
        template.slots().forEach((place, slots) -> {
            boolean alone = template.slotAt(place).isPresent();
            SlotCheck check = new SlotCheck(
                    scope, kinds, asText ? Surroundings.TEXT : alone ? Surroundings.JSON : Surroundings.TEXT_IN_JSON);
            slots.forEach(slot ->
                    check.flaw(slot).ifPresent(flaw -> problems.add(below(at, place), flaw.found(), flaw.right())));
        });
    }

    /** Checks the readable parts of a template that has unreadable ones. */
    private void checkRest(Json pattern, JsonPointer at, SlotScope scope, boolean asText) {
        try {
            check(Template.of(pattern), at, scope, asText);
        } catch (TemplateException alreadyReported) {
            if (pattern instanceof JsonObject object) {
                object.members().forEach((name, value) -> checkRest(value, at.child(name), scope, asText));
            } else if (pattern instanceof JsonArray array) {
                for (int i = 0; i < array.items().size(); i++) {
                    checkRest(array.items().get(i), at.child(Integer.toString(i)), scope, asText);
                }
            }
        }
    }

    /** Reads the headers under a key of a section. A null removes one inherited header, or all. */
    AnswerHeaders headers(Section from, String key, SlotScope scope) {
        if (from.json(key).filter(Json::isNull).isPresent()) {
            return new AnswerHeaders(ImmutableMap.of(), true);
        }
        return new AnswerHeaders(
                ImmutableMap.copyOf(from.<AnswerHeaders.Header>map(key, (json, at) -> {
                    HeaderRules.checkResponseName(at.leaf(), at, problems);
                    if (json.isNull()) {
                        return Optional.of(new AnswerHeaders.Header(null));
                    }
                    json.asString().ifPresent(text -> HeaderRules.checkValue(text, at, problems));
                    return text(json, at, scope).map(AnswerHeaders.Header::new);
                })),
                false);
    }

    /** Reads headers that inherit nothing, so that null is a problem. */
    AnswerHeaders firstHeaders(Section from, String key, SlotScope scope) {
        AnswerHeaders headers = headers(from, key, scope);
        if (headers.alone()) {
            problems.add(from.at(key), "there are no headers to remove", "leave it out");
        }
        headers.byName().forEach((name, header) -> {
            if (header.value() == null) {
                problems.add(from.at(key).child(name), "there is no such header to remove", "leave it out");
            }
        });
        return headers;
    }

    private static JsonPointer below(JsonPointer at, JsonPointer place) {
        JsonPointer here = at;
        for (String segment : place.segments()) {
            here = here.child(segment);
        }
        return here;
    }
}
