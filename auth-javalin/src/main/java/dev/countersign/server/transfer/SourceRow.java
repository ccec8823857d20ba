package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.secret.Secret;
import java.util.List;

/** A row as it stands in the file; it may contain a password. */
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

    /** One thing wrong with a row; quotes no value. */
    record RowProblem(String field, String reason) {

        static RowProblem of(TransferField field, String reason) {
            return new RowProblem(field.key(), reason);
        }

        @Override
        public String toString() {
            return field + ": " + reason;
        }
    }

    /** The number of the row's first line, from 1. */
    long line() {
        return line;
    }

    /** The cells, or the one line of JSON; empty if that line is too long. */
    ImmutableList<String> original() {
        return original;
    }

    JsonObject fields() {
        return fields;
    }

    /** The problems that kept the row from being read. */
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
