package dev.countersign.server.csv;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes records in UTF-8 that end with CR LF (RFC 4180 §2). {@link RawText} restores bytes that were not UTF-8. */
public final class CsvOutput implements AutoCloseable {

    private final CsvWriter writer;

    /**
     * Creates a writer to a stream.
     *
     * @param out the stream; {@link #close} closes it
     */
    public CsvOutput(OutputStream out) {
        requireNonNull(out, "out");

        this.writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(RawText.writer(out));
    }

    /** Writes a record. */
    public void write(List<String> cells) {
        requireNonNull(cells, "cells");

        writer.writeRecord(cells);
    }

    /**
     * Flushes everything to the stream.
     *
     * @throws IOException if the stream cannot be written
     */
    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
