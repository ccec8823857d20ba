package dev.countersign.server.transfer;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.csv.CsvInput;
import dev.countersign.server.csv.RawText;
import dev.countersign.server.transfer.SourceRow.RowProblem;
import dev.countersign.user.AttributeChange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads rows of CSV. An empty cell means no value; {@code attributes} is JSON, {@code attributes.NAME} is text. */
final class CsvRows implements RowSource {

    private final CsvInput in;
    private final ImmutableList<String> header;

    /**
     * Reads the header.
     *
     * @throws IOException if there is no header, or it has an unknown column
     */
    CsvRows(InputStream stream, TransferFields fields) throws IOException {
        this.in = new CsvInput(TextFile.unmarked(stream));
        this.header = in.next()
                .map(CsvInput.Cells::cells)
                .orElseThrow(() -> new IOException("the file is empty: a CSV file begins with its columns' names"));
        ImmutableList<String> keys = fields.keys();
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            refuseSeparator(column);
            if (!keys.contains(column) && !isAttribute(column)) {
                throw new IOException("the column " + column + " is unknown: "
                        + NearestName.advice(column, keys) + " (other data goes into "
                        + TransferField.ATTRIBUTE_PREFIX + "NAME)");
            }
            if (!seen.add(column)) {
                throw new IOException("the column " + column + " is there twice");
            }
        }
    }

    private static void refuseSeparator(String column) throws IOException {
        Map<String, String> separators = ImmutableMap.of(";", "semicolons", "\t", "tabs", "|", "vertical bars");
        for (Map.Entry<String, String> separator : separators.entrySet()) {
            if (column.contains(separator.getKey())) {
                throw new IOException("the columns are separated by " + separator.getValue()
                        + ": save the file with commas between them");
            }
        }
    }

    private static boolean isAttribute(String column) {
        return column.startsWith(TransferField.ATTRIBUTE_PREFIX) && !column.endsWith(".") && !column.contains("..");
    }

    @Override
    public ImmutableList<String> header() {
        return header;
    }

    @Override
    public Optional<SourceRow> next() throws IOException {
        return in.next().map(record -> row(record.line(), record.cells()));
    }

    private SourceRow row(long line, List<String> cells) {
        List<RowProblem> problems = new ArrayList<>();
        if (cells.size() != header.size()) {
            problems.add(new RowProblem("row", "it has " + cells.size() + " cells and the header " + header.size()));
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        JsonObject attributes = JsonObject.EMPTY;
        for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
            String column = header.get(i);
            String cell = cells.get(i);
            if (RawText.hasBytes(cell)) {
                problems.add(new RowProblem(column, "it is not UTF-8"));
            } else if (!cell.isEmpty() && column.startsWith(TransferField.ATTRIBUTE_PREFIX)) {
                attributes = AttributeChange.apply(attributes, ImmutableList.of(attribute(column, cell)));
            } else if (column.equals(TransferField.ATTRIBUTES.key()) && !cell.isEmpty()) {
                attributes = json(cell, attributes, problems);
            } else if (!cell.isEmpty()) {
                fields.put(column, new JsonString(cell));
            }
        }
        if (!attributes.members().isEmpty()) {
            fields.put(TransferField.ATTRIBUTES.key(), attributes);
        }
        return new SourceRow(line, cells, JsonObject.of(fields), problems);
    }

    private static AttributeChange attribute(String column, String cell) {
        String path = column.substring(TransferField.ATTRIBUTE_PREFIX.length());
        return new AttributeChange(ImmutableList.copyOf(Splitter.on('.').split(path)), new JsonString(cell));
    }

    private static JsonObject json(String cell, JsonObject attributes, List<RowProblem> problems) {
        try {
            if (JsonText.read(cell) instanceof JsonObject object) {
                JsonObject all = object;
                for (Map.Entry<String, Json> member : attributes.members().entrySet()) {
                    all = all.with(member.getKey(), member.getValue());
                }
                return all;
            }
            problems.add(RowProblem.of(TransferField.ATTRIBUTES, "it is not a JSON object"));
        } catch (JsonSyntaxException malformed) {
            problems.add(RowProblem.of(TransferField.ATTRIBUTES, "it is not JSON"));
        }
        return attributes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
