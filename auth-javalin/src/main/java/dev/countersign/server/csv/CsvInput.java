package dev.countersign.server.csv;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads records one by one in constant memory. {@link RawText} decodes bytes that are not UTF-8. */
public final class CsvInput implements AutoCloseable {

    private static final int LARGEST_RECORD = 4 << 20;

    private final EndedText text;
    private final CellsHandler cells = new CellsHandler(LARGEST_RECORD);
    private final CloseableIterator<Cells> records;

    /**
     * Creates a reader over a stream.
     *
     * @param in the CSV text; {@link #close} closes it
     */
    public CsvInput(InputStream in) {
        requireNonNull(in, "in");

        this.text = new EndedText(RawText.reader(in));
        this.records = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LARGEST_RECORD)
                .build(cells, text)
                .iterator();
    }

    /**
     * One record.
     *
     * @param line its first line, from 1
     * @param cells its cells
     */
    public record Cells(long line, ImmutableList<String> cells) {

        /** Rejects null components. */
        public Cells {
            requireNonNull(cells, "cells");
        }
    }

    /**
     * Reads the next record. Empty lines are skipped.
     *
     * @return the record, or empty at the end
     * @throws IOException if the input cannot be read or is not CSV; the message names the line
     */
    public Optional<Cells> next() throws IOException {
        try {
            if (!records.hasNext()) {
                return Optional.empty();
            }
        } catch (CsvParseException malformed) {
            // Its message may quote the text.
            throw malformed(malformed);
        } catch (UncheckedIOException unreadable) {
            throw new IOException("the file cannot be read after line " + cells.line(), unreadable);
        }
        if (text.isEnded()) {
            throw malformed(null);
        }
        return Optional.of(records.next());
    }

    private IOException malformed(@Nullable Exception cause) {
        return new IOException(
                "the record that begins on line " + cells.line()
                        + " is not CSV: a quote is misplaced or never closed, or the record is longer than 4 MiB",
                cause);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
