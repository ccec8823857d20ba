package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.template.SlotName;
import dev.countersign.user.UserSlots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kind of each slot's value, as far as the file determines it: an attribute has the type of the field that sets it. */
final class ValueKinds {

    /** Whether a value has a text form. */
    enum Kind {
        /** A string, a number or a truth value. */
        SCALAR,
        /** A list, whose items may be scalars. */
        LIST,
        /** A list of lists or objects. */
        LIST_OF_PARTS,
        /** An object. */
        OBJECT,
        /** Known only at run time. */
        UNKNOWN
    }

    private static final String ATTRIBUTES = UserSlots.ATTRIBUTES + ".";
    private static final JsonPointer SHAPE = JsonPointer.parse("/field_errors/shape");
    private static final JsonPointer EACH = JsonPointer.parse("/field_errors/each");
    private static final JsonPointer OPERATIONS = JsonPointer.parse("/operations");

    private final Kind fields;
    private final Map<ImmutableList<String>, Kind> attributes = new HashMap<>();

    private ValueKinds(Kind fields) {
        this.fields = fields;
    }

    /** Collects the kinds from a file, which may have problems. */
    static ValueKinds of(Json file) {
        boolean list = SHAPE.in(file)
                .filter(shape -> shape.equals(new JsonString("list")))
                .isPresent();
        boolean texts = EACH.in(file).filter(JsonString.class::isInstance).isPresent();
        ValueKinds kinds = new ValueKinds(!list ? Kind.OBJECT : texts ? Kind.LIST : Kind.LIST_OF_PARTS);
        for (Json operation :
                members(OPERATIONS.in(file).orElse(JsonObject.EMPTY)).values()) {
            Json inputs = JsonPointer.ROOT.child("fields").in(operation).orElse(JsonObject.EMPTY);
            members(inputs).forEach(kinds::note);
        }
        return kinds;
    }

    private static Map<String, Json> members(Json json) {
        return json instanceof JsonObject object ? object.members() : Map.of();
    }

    private void note(String field, Json written) {
        if (!field.startsWith(ATTRIBUTES)) {
            return;
        }
        ImmutableList<String> path = FieldReader.path(field);
        String type =
                JsonPointer.ROOT.child("type").in(written).map(Json::toString).orElse("");
        Kind kind = switch (type) {
            case "array" -> Kind.LIST;
            case "object" -> Kind.OBJECT;
            default -> Kind.UNKNOWN;
        };
        attributes.merge(path, kind, (one, other) -> one == other ? one : Kind.UNKNOWN);
        for (int i = 1; i < path.size(); i++) {
            attributes.merge(path.subList(0, i), Kind.OBJECT, (one, other) -> one == other ? one : Kind.UNKNOWN);
        }
    }

    Kind of(SlotName name) {
        return switch (name.source()) {
            case "keys", "sessions" -> Kind.LIST_OF_PARTS;
            case "fields" -> fields;
            case UserSlots.SOURCE -> ofUser(name.rest());
            default -> Kind.SCALAR;
        };
    }

    private Kind ofUser(List<String> rest) {
        if (rest.isEmpty() || !rest.get(0).equals(UserSlots.ATTRIBUTES)) {
            return Kind.SCALAR;
        }
        return rest.size() == 1 ? Kind.OBJECT : attributes.getOrDefault(rest.subList(1, rest.size()), Kind.UNKNOWN);
    }
}
