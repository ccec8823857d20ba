package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Slot;
import dev.countersign.template.SlotName;
import dev.countersign.template.Template;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The input of the warnings about a dialect file: the file, its dialect, and the slots of its templates. */
final class FileWarnings {

    private final Json file;
    private final Dialect dialect;
    private final Problems problems;

    FileWarnings(Json file, Dialect dialect, Problems problems) {
        this.file = file;
        this.dialect = dialect;
        this.problems = problems;
    }

    /** Warns of everything that is valid but probably a mistake. */
    static void note(Json file, Dialect dialect, Problems problems) {
        FileWarnings in = new FileWarnings(file, dialect, problems);
        new SafetyWarnings(in).note();
        new OperationWarnings(in).note();
        new FieldWarnings(in).note();
        new ErrorWarnings(in, JsonPointer.parse("/errors"), dialect.errors()).note();
        for (int i = 0; i < dialect.variants().size(); i++) {
            JsonPointer at = JsonPointer.parse("/error_variants/" + i + "/errors");
            new ErrorWarnings(in, at, dialect.variants().get(i).errors()).note();
        }
    }

    Dialect dialect() {
        return dialect;
    }

    Optional<Json> at(JsonPointer place) {
        return place.in(file);
    }

    void warn(JsonPointer at, String what, String right) {
        problems.warn(at, what, right);
    }

    static JsonPointer operation(Endpoint endpoint) {
        return JsonPointer.ROOT.child("operations").child(endpoint.name());
    }

    /** Whether a request of this operation sets a password. */
    static boolean setsPassword(Endpoint endpoint) {
        return endpoint.operation() != Operation.LOGIN
                && endpoint.request().fields().stream().anyMatch(field -> field.target() == FieldTarget.Named.PASSWORD);
    }

    /** The names of the slots of an answer. */
    static ImmutableSet<SlotName> shown(ResponseTemplate answer) {
        Stream<Template> cookies = answer.cookies().stream().map(cookie -> cookie.value());
        Stream<Template> body = answer.body() instanceof Body.OfJson json
                ? Stream.of(json.json())
                : answer.body() instanceof Body.OfText text ? Stream.of(text.text()) : Stream.of();
        return Stream.of(answer.headers().values().stream(), cookies, body)
                .flatMap(templates -> templates)
                .flatMap(template -> shown(template).stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The names of the slots of a template. */
    static ImmutableList<SlotName> shown(Template template) {
        return template.slots().values().stream()
                .flatMap(Collection::stream)
                .map(Slot::name)
                .collect(ImmutableList.toImmutableList());
    }
}
