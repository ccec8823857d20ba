package dev.countersign.javalin.server.csv;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads records one by one, in constant memory. What is not UTF-8 is read as U+FFFD; a byte order mark is skipped. */
public final class CsvInput implements AutoCloseable {

    private static final int LARGEST_RECORD = 4 << 20;

    private final CloseableIterator<CsvRecord> records;

    /**
     * Reads from a stream.
     *
     * @param in the text, closed with this
     */
    public CsvInput(InputStream in) {
        this.records = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .detectBomHeader(true)
                .maxBufferSize(LARGEST_RECORD)
                .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
                .iterator();
    }

    /**
     * One record.
     *
     * @param line the line it begins on, from 1
     * @param cells its cells
     */
    public record Cells(long line, ImmutableList<String> cells) {}

    /**
     * The next record; empty lines are none.
     *
     * @return the record, or empty at the end
     * @throws IOException if the input cannot be read or is no CSV
     */
    public Optional<Cells> next() throws IOException {
        try {
            if (!records.hasNext()) {
                return Optional.empty();
            }
            CsvRecord next = records.next();
            return Optional.of(new Cells(next.getStartingLineNumber(), ImmutableList.copyOf(next.getFields())));
        } catch (CsvParseException malformed) {
            // Its message may quote the text.
            throw new IOException(
                    "the file is no CSV: a quote is misplaced, or a record is longer than 4 MiB", malformed);
        } catch (UncheckedIOException unreadable) {
            throw new IOException("the file cannot be read", unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
