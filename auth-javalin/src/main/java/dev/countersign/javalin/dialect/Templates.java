package dev.countersign.javalin.dialect;

import com.google.common.collect.ImmutableMap;
import dev.countersign.javalin.yaml.Problems;
import dev.countersign.javalin.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.template.Template;
import dev.countersign.template.TemplateException;
import java.util.Optional;

/** Reads templates and checks that every slot can be filled where it stands. */
final class Templates {

    /** What names of headers and cookies are made of (RFC 9110 §5.6.2). */
    static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private Templates() {}

    static Optional<Template> read(Json pattern, JsonPointer at, SlotScope scope, Problems problems) {
        try {
            Template template = Template.of(pattern);
            judge(template, at, scope, problems);
            return Optional.of(template);
        } catch (TemplateException unreadable) {
            unreadable
                    .problems()
                    .forEach((place, what) -> problems.add(
                            below(at, place), what, "a slot looks like ${user.email} or ${user.id | string}"));
            judgeRest(pattern, at, scope, problems);
            return Optional.empty();
        }
    }

    private static void judge(Template template, JsonPointer at, SlotScope scope, Problems problems) {
        template.slots()
                .forEach((place, slots) -> slots.forEach(slot -> scope.judge(slot)
                        .ifPresent(right -> problems.add(below(at, place), "${" + slot.name() + "}", right))));
    }

    /** Judges the readable parts of a template that has unreadable ones. */
    private static void judgeRest(Json pattern, JsonPointer at, SlotScope scope, Problems problems) {
        try {
            judge(Template.of(pattern), at, scope, problems);
        } catch (TemplateException alreadyTold) {
            if (pattern instanceof JsonObject object) {
                object.members().forEach((name, value) -> judgeRest(value, at.child(name), scope, problems));
            } else if (pattern instanceof JsonArray array) {
                for (int i = 0; i < array.items().size(); i++) {
                    judgeRest(array.items().get(i), at.child(Integer.toString(i)), scope, problems);
                }
            }
        }
    }

    static Optional<Template> text(Json pattern, JsonPointer at, SlotScope scope, Problems problems) {
        if (pattern instanceof JsonNumber number) {
            return Optional.of(Template.ofText(number.toString()));
        }
        if (!(pattern instanceof JsonString)) {
            problems.add(at, "this is a " + pattern.typeName(), "a text, which may have slots");
            return Optional.empty();
        }
        return read(pattern, at, scope, problems);
    }

    static ImmutableMap<String, Template> headers(Section from, String key, SlotScope scope) {
        return ImmutableMap.copyOf(from.<Template>map(key, (json, at) -> {
            if (!at.leaf().matches(TOKEN)) {
                from.problems().add(at, "this is not a header's name", "letters, digits and hyphens");
            }
            return text(json, at, scope, from.problems());
        }));
    }

    private static JsonPointer below(JsonPointer at, JsonPointer place) {
        JsonPointer here = at;
        for (String segment : place.segments()) {
            here = here.child(segment);
        }
        return here;
    }
}
