package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.internal.yaml.KnownKeys;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the targets of an operation's fields. */
final class TargetReader {

    static final String ATTRIBUTES = "attributes.";

    private final Operation what;
    private final Section operation;

    TargetReader(Operation what, Section operation) {
        this.what = what;
        this.operation = operation;
    }

    Optional<FieldTarget> read(JsonPointer at) {
        String name = at.leaf();
        if (what.hasFields() && takesAttributes() && name.startsWith(ATTRIBUTES)) {
            return attribute(name, at);
        }
        Optional<FieldTarget.Named> named = Arrays.stream(FieldTarget.Named.values())
                .filter(target -> word(target).equals(name))
                .findFirst();
        if (named.isPresent() && named.get().operations().contains(what)) {
            return Optional.of(named.get());
        }
        operation
                .problems()
                .add(
                        at,
                        named.isPresent() || name.startsWith(ATTRIBUTES)
                                ? what.word() + " takes no " + name
                                : "unknown field " + name,
                        advice(name));
        return Optional.empty();
    }

    private boolean takesAttributes() {
        return what == Operation.REGISTER || what == Operation.UPDATE;
    }

    private Optional<FieldTarget> attribute(String name, JsonPointer at) {
        ImmutableList<String> path = FieldReader.path(name);
        if (path.contains("") || path.size() >= JsonText.MAX_DEPTH) {
            operation
                    .problems()
                    .add(
                            at,
                            name + " is not an attribute",
                            "names with single dots between them, such as attributes.address.city");
            return Optional.empty();
        }
        return Optional.of(new FieldTarget.Attribute(path));
    }

    private String advice(String name) {
        ImmutableList<String> known = Arrays.stream(FieldTarget.Named.values())
                .filter(target -> target.operations().contains(what))
                .map(TargetReader::word)
                .collect(ImmutableList.toImmutableList());
        if (known.isEmpty()) {
            return what.word() + " has no fields: leave them out";
        }
        String all = "there are " + String.join(", ", known);
        return KnownKeys.near(name, known, written())
                .orElse(takesAttributes() ? all + ", and " + ATTRIBUTES + "NAME for a free attribute" : all);
    }

    private Set<String> written() {
        return operation.json("fields").orElse(JsonObject.EMPTY) instanceof JsonObject fields
                ? fields.members().keySet()
                : Set.of();
    }

    static String word(FieldTarget.Named target) {
        return target.name().toLowerCase(Locale.ROOT);
    }
}
