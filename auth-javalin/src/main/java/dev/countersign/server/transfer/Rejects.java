package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.OwnerOnly;
import dev.countersign.server.csv.CsvOutput;
import dev.countersign.server.csv.RawText;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.transfer.SourceRow.RowProblem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the rejected rows, unchanged, with line and reasons; the file can be corrected and imported. Created with the first such row. */
final class Rejects implements AutoCloseable {

    private final Path file;
    private final TransferFormat format;
    private final ImmutableList<String> columns;
    private final ImmutableList<String> header;
    private @Nullable OutputStream out;
    private @Nullable CsvOutput csv;

    Rejects(Path file, TransferFormat format, ImmutableList<String> columns) throws IOException {
        try {
            OwnerOnly.checkReplaceable(file);
        } catch (IOException occupied) {
            throw refused(file, occupied);
        }
        this.file = file;
        this.format = format;
        this.columns = columns;
        this.header = columns.stream().filter(Rejects::isOfTheRow).collect(ImmutableList.toImmutableList());
    }

    private static IOException refused(Path file, IOException why) {
        return new IOException("the rejects cannot go to " + file + ": " + FileTrouble.of(why), why);
    }

    private static boolean isOfTheRow(String column) {
        return !column.equals(TransferField.REJECT_LINE.key()) && !column.equals(TransferField.REJECT_REASONS.key());
    }

    void add(SourceRow row, List<RowProblem> problems) throws IOException {
        OutputStream stream = open();
        if (csv == null) {
            stream.write(RawText.encode(json(row, problems) + "\n"));
            return;
        }
        Stream.Builder<String> cells = Stream.builder();
        for (int i = 0; i < columns.size(); i++) {
            if (isOfTheRow(columns.get(i))) {
                cells.add(i < row.original().size() ? row.original().get(i) : "");
            }
        }
        cells.add(Long.toString(row.line()));
        cells.add(problems.stream().map(RowProblem::toString).collect(Collectors.joining("; ")));
        csv.write(cells.build().toList());
    }

    private static String json(SourceRow row, List<RowProblem> problems) {
        JsonArray reasons = new JsonArray(problems.stream()
                .map(problem -> new JsonString(problem.toString()))
                .collect(ImmutableList.toImmutableList()));
        boolean unread = !row.problems().isEmpty() && !row.original().isEmpty();
        String rest = JsonText.write((unread ? JsonObject.EMPTY : row.fields())
                .with(TransferField.REJECT_LINE.key(), JsonNumber.of(row.line()))
                .with(TransferField.REJECT_REASONS.key(), reasons));
        return unread ? "{\"row\":" + quoted(row.original().get(0)) + "," + rest.substring(1) : rest;
    }

    /** A JSON string that keeps bytes that are not UTF-8 as they are. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || RawText.isByte(text, i)) {
                String part = JsonText.write(new JsonString(text.substring(begin, i)));
                quoted.append(part, 1, part.length() - 1);
                quoted.append(text, i, Math.min(i + 1, text.length()));
                begin = i + 1;
            }
        }
        return quoted.append('"').toString();
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            out = new BufferedOutputStream(replaced());
            if (format == TransferFormat.CSV) {
                csv = new CsvOutput(out);
                csv.write(Stream.concat(
                                header.stream(),
                                Stream.of(TransferField.REJECT_LINE.key(), TransferField.REJECT_REASONS.key()))
                        .toList());
            }
        }
        return out;
    }

    private OutputStream replaced() throws IOException {
        try {
            return OwnerOnly.replace(file);
        } catch (IOException unusable) {
            throw refused(file, unusable);
        }
    }

    void flush() throws IOException {
        if (csv != null) {
            csv.flush();
        }
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        if (out != null) {
            out.close();
        }
    }
}
