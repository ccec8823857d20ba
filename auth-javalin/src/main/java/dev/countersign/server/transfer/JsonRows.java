package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.csv.RawText;
import dev.countersign.server.transfer.SourceRow.RowProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads rows of JSON Lines: one object per line, at most 1 MiB each; skips empty lines and a byte order mark. */
final class JsonRows implements RowSource {

    private static final int LONGEST_LINE = 1 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final byte[] block = new byte[1 << 16];
    private int position;
    private int filled;
    private long line;

    JsonRows(InputStream stream) throws IOException {
        this.in = TextFile.unmarked(stream);
    }

    @Override
    public ImmutableList<String> header() {
        return ImmutableList.of();
    }

    @Override
    public Optional<SourceRow> next() throws IOException {
        while (true) {
            boolean more = readLine();
            if (buffer.size() > LONGEST_LINE) {
                return Optional.of(problem(List.of(), "it is longer than a mebibyte, and not repeated here"));
            }
            String text = RawText.decode(buffer.toByteArray());
            if (!text.isBlank()) {
                return Optional.of(row(text));
            }
            if (!more) {
                return Optional.empty();
            }
        }
    }

    /** Reads the next line into the buffer; returns false at the end of the file. */
    private boolean readLine() throws IOException {
        buffer.reset();
        line++;
        while (true) {
            if (position == filled) {
                position = 0;
                filled = in.read(block);
                if (filled <= 0) {
                    filled = 0;
                    return false;
                }
            }
            int end = position;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            int room = Math.max(0, LONGEST_LINE + 1 - buffer.size());
            buffer.write(block, position, Math.min(end - position, room));
            position = Math.min(end + 1, filled);
            if (end < filled) {
                return true;
            }
        }
    }

    private SourceRow row(String text) {
        try {
            return JsonText.read(buffer.toByteArray()) instanceof JsonObject object
                    ? new SourceRow(line, List.of(text), object, List.of())
                    : problem(List.of(text), "it is not a JSON object");
        } catch (JsonSyntaxException malformed) {
            return problem(List.of(text), String.valueOf(malformed.getMessage()));
        }
    }

    private SourceRow problem(List<String> original, String reason) {
        return new SourceRow(line, original, JsonObject.EMPTY, List.of(new RowProblem("row", reason)));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
