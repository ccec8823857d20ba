package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.secret.Secret;
import java.util.List;

/** A row as it is in the file; it may hold a password. */
@Secret
final class SourceRow {

    private final long line;
    private final ImmutableList<String> original;
    private final JsonObject fields;
    private final ImmutableList<RowProblem> problems;

    SourceRow(long line, List<String> original, JsonObject fields, List<RowProblem> problems) {
        this.line = line;
        this.original = ImmutableList.copyOf(original);
        this.fields = fields;
        this.problems = ImmutableList.copyOf(problems);
    }

    /** One thing wrong with a row; quotes nothing of it. */
    record RowProblem(String field, String reason) {

        static RowProblem of(TransferField field, String reason) {
            return new RowProblem(field.key(), reason);
        }

        @Override
        public String toString() {
            return field + ": " + reason;
        }
    }

    /** The line it begins on, from 1. */
    long line() {
        return line;
    }

    /** The cells, or the one line of JSON; nothing if that is too long. */
    ImmutableList<String> original() {
        return original;
    }

    JsonObject fields() {
        return fields;
    }

    /** What kept it from being read. */
    ImmutableList<RowProblem> problems() {
        return problems;
    }

    long length() {
        return original.stream().mapToLong(String::length).sum();
    }

    @Override
    public String toString() {
        return "SourceRow[hidden]";
    }
}
