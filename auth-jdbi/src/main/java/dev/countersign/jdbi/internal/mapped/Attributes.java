package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableMap;
import dev.countersign.AuthFault;
import dev.countersign.internal.row.AttributeText;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.Kind;
import dev.countersign.jdbi.table.MappedColumn.OtherAttributesColumn;
import dev.countersign.json.Json;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.WholeText;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts free attributes to the text of columns and back: those with a column of their own, and all others in one column. */
final class Attributes {

    private final ImmutableMap<String, Kind> kinds;
    private final boolean keepsOthers;

    Attributes(Columns columns) {
        this.kinds = columns.all(AttributeColumn.class)
                .collect(ImmutableMap.toImmutableMap(AttributeColumn::name, AttributeColumn::kind));
        this.keepsOthers = columns.has(OtherAttributesColumn.class);
    }

    /** Rejects attributes that no column can store. */
    void check(JsonObject attributes) {
        for (String name : attributes.members().keySet()) {
            if (!keepsOthers && !kinds.containsKey(name)) {
                throw new IllegalArgumentException("the mapped table has no column for the attribute " + name);
            }
        }
    }

    /** Rejects numbers that a column returns with another value. */
    void checkNumbers(JsonObject given, JsonObject stored) {
        kinds.forEach((name, kind) -> {
            if (kind == Kind.NUMBER
                    && given.get(name).orElse(JsonNull.NULL) instanceof JsonNumber number
                    && !(stored.get(name).orElse(JsonNull.NULL) instanceof JsonNumber kept
                            && number.value().compareTo(kept.value()) == 0)) {
                throw new IllegalArgumentException("the column of the attribute " + name + " cannot keep this number");
            }
        });
    }

    /** The attributes for the common column: those without a column of their own, and every JSON null, because a null column means an absent attribute. */
    JsonObject others(JsonObject attributes) {
        ImmutableMap.Builder<String, Json> others = ImmutableMap.builder();
        attributes.members().forEach((name, value) -> {
            if (!kinds.containsKey(name) || (value == JsonNull.NULL && kinds.get(name) != Kind.JSON)) {
                others.put(name, value);
            }
        });
        return new JsonObject(others.buildOrThrow());
    }

    static @Nullable String write(AttributeColumn column, JsonObject attributes) {
        Optional<Json> given = attributes.get(column.name());
        if (given.isEmpty() || (given.get() == JsonNull.NULL && column.kind() != Kind.JSON)) {
            return null;
        }
        Json value = given.get();
        boolean fits = switch (column.kind()) {
            case TEXT -> value instanceof JsonString;
            case NUMBER -> value instanceof JsonNumber;
            case BOOLEAN -> value instanceof JsonBoolean;
            case JSON -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException("the attribute " + column.name() + " is a " + value.typeName()
                    + ", its column holds " + column.kind());
        }
        if (column.kind() == Kind.TEXT
                && (!WholeText.isIn(value) || value.toString().indexOf('\0') >= 0)) {
            throw new IllegalArgumentException(
                    "the attribute " + column.name() + " has a character that its column cannot hold");
        }
        if (!AttributeText.isWritable(value)) {
            throw new IllegalArgumentException("the attribute " + column.name() + " could not be read again");
        }
        if (value instanceof JsonBoolean bool && column.kind() != Kind.JSON) {
            return bool.value() ? "1" : "0";
        }
        return column.kind() == Kind.JSON ? AttributeText.write(value) : value.toString();
    }

    static Json read(AttributeColumn column, String text) {
        try {
            return switch (column.kind()) {
                case TEXT -> new JsonString(text);
                case NUMBER -> new JsonNumber(new BigDecimal(text));
                case BOOLEAN -> new JsonBoolean(isTrue(text));
                case JSON -> AttributeText.readValue(text);
            };
        } catch (NumberFormatException unreadable) {
            throw new AuthFault("the column " + column.column() + " holds no number", unreadable);
        }
    }

    static boolean isTrue(String text) {
        return text.equals("1") || text.equals("t") || text.equals("true");
    }
}
