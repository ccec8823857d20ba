package dev.countersign.dialect.file;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the request of an operation. */
final class RequestReader {

    private final Operation what;
    private final Section section;
    private final Problems problems;

    RequestReader(Operation what, Section section) {
        this.what = what;
        this.section = section;
        this.problems = section.problems();
    }

    RequestShape read(FieldReader fields) {
        @Nullable
        Reason collapsed = section.text("invalid_fields_as")
                .flatMap(word -> section.word(word, section.at("invalid_fields_as"), Reason.class))
                .orElse(null);
        RequestShape shape = new RequestShape(
                section.list("media_types", this::bodyKind),
                section.json("assumed_media_type")
                        .flatMap(json -> bodyKind(json, section.at("assumed_media_type")))
                        .orElse(null),
                section.word("empty_body", EmptyBody.class, EmptyBody.REFUSED) == EmptyBody.ACCEPTED,
                requiredHeaders(),
                constants(),
                fields.read(section, what, collapsed == null),
                section.word("report", Report.class, Report.ALL) == Report.FIRST,
                collapsed);
        checkBody(shape);
        return shape;
    }

    /** Which flawed fields are reported. */
    enum Report {
        ALL,
        FIRST
    }

    /** How an empty body is handled. */
    enum EmptyBody {
        ACCEPTED,
        REFUSED
    }

    private Optional<BodyKind> bodyKind(Json json, JsonPointer at) {
        Optional<BodyKind> kind = BodyKind.of(json.toString());
        if (kind.isEmpty()) {
            List<String> known =
                    Arrays.stream(BodyKind.values()).map(BodyKind::mediaType).toList();
            problems.add(at, "unknown media type " + json, NearestName.advice(json.toString(), known));
        }
        return kind;
    }

    private ImmutableMap<String, String> requiredHeaders() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ImmutableMap.Builder<String, String> ordered = ImmutableMap.builder();
        section.<String>list("required_headers", this::header).forEach(header -> {
            List<String> parts = Splitter.on(':').limit(2).trimResults().splitToList(header);
            String value = parts.size() == 2 ? parts.get(1) : "";
            if (headers.putIfAbsent(parts.get(0), value) != null) {
                problems.add(section.at("required_headers"), parts.get(0) + " appears twice", "each header once");
            } else {
                ordered.put(parts.get(0), value);
            }
        });
        return ordered.buildOrThrow();
    }

    private Optional<String> header(Json json, JsonPointer at) {
        if (!(json instanceof JsonString)) {
            problems.add(at, "this is " + Section.kind(json), "a text: 'Name' or 'Name: value'");
            return Optional.empty();
        }
        String text = json.toString();
        List<String> parts = Splitter.on(':').limit(2).trimResults().splitToList(text);
        HeaderRules.checkRequestName(parts.get(0), at, problems);
        parts.stream().skip(1).forEach(value -> HeaderRules.checkValue(value, at, problems));
        return Optional.of(text);
    }

    private ImmutableMap<JsonPointer, Json> constants() {
        ImmutableMap.Builder<JsonPointer, Json> constants = ImmutableMap.builder();
        section.<Json>map("constants", (json, at) -> Optional.of(json)).forEach((text, json) -> {
            JsonPointer place = section.at("constants").child(text);
            Optional<JsonPointer> pointer = section.pointer(text, place);
            if (pointer.filter(at -> at.segments().isEmpty()).isPresent()) {
                problems.add(place, "the whole body cannot be a constant", "a pointer such as /strategy");
            }
            pointer.ifPresent(at -> constants.put(at, json));
        });
        return constants.buildKeepingLast();
    }

    /** Checks that the accepted media types can carry the body. */
    private void checkBody(RequestShape shape) {
        if (shape.mediaTypes().isEmpty()) {
            if (shape.hasBody() && !section.has("media_types")) {
                problems.add(
                        section.at(),
                        what.word() + " reads a body, but has no media types",
                        "media_types: [application/json]");
            } else if (shape.hasBody()) {
                problems.add(
                        section.at("media_types"), "the list of media types is empty", "such as [application/json]");
            }
            return;
        }
        if (shape.mediaTypes().contains(BodyKind.JSON)) {
            return;
        }
        for (Field field : shape.fields()) {
            if (!field.type().fits(new JsonString(""))) {
                problems.add(
                        section.at("fields"),
                        field.name() + " is of the type " + field.type().word() + ", and forms hold only texts",
                        "the type string, or the media type application/json");
            }
        }
        shape.constants().forEach((at, json) -> {
            if (!(json instanceof JsonString)) {
                problems.add(
                        section.at("constants").child(at.toString()),
                        "the constant " + json + " is not a text, and forms hold only texts",
                        "a text in quotes, or the media type application/json");
            }
        });
    }
}
