package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.json.Json;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.server.transfer.SourceRow.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one row; collects problems while they are read. */
final class RowFields {

    private final JsonObject fields;
    private final List<RowProblem> problems;

    RowFields(SourceRow row, ImmutableList<String> keys) {
        this.fields = row.fields();
        this.problems = new ArrayList<>(row.problems());
        for (String name : fields.members().keySet()) {
            if (!keys.contains(name)) {
                problems.add(new RowProblem("row", "it has an unknown field, " + NearestName.advice(name, keys)));
            }
        }
    }

    List<RowProblem> problems() {
        return problems;
    }

    void problem(TransferField field, String reason) {
        problems.add(RowProblem.of(field, reason));
    }

    /** The value; null if the row has none: JSON null and an empty text count as none. */
    @Nullable
    Json value(TransferField field) {
        Json value = fields.get(field.key()).orElse(JsonNull.NULL);
        boolean nothing =
                value.isNull() || value.asString().filter(String::isEmpty).isPresent();
        return nothing ? null : value;
    }

    /** The value as text; an integer as its digits, a boolean as its name. */
    @Nullable
    String text(TransferField field) {
        Json value = value(field);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonBoolean
                || (value instanceof JsonNumber number && number.asLong().isPresent())) {
            return value instanceof JsonBoolean bool ? Boolean.toString(bool.value()) : value.toString();
        }
        if (value.asString().isEmpty()) {
            problem(field, "it is a JSON " + value.typeName());
        }
        return value.asString().orElse(null);
    }

    /** The value converted by a function; a problem if the function returns empty. */
    <T> @Nullable T read(TransferField field, String reason, Function<String, Optional<T>> reader) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        Optional<T> value = reader.apply(text);
        if (value.isEmpty()) {
            problem(field, reason);
        }
        return value.orElse(null);
    }
}
