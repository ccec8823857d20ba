package dev.countersign.server.csv;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes records in UTF-8 with CR LF between, as RFC 4180 §2 has it; bytes that were no UTF-8 as they were ({@link RawText}). */
public final class CsvOutput implements AutoCloseable {

    private final CsvWriter writer;

    /**
     * Writes to a stream.
     *
     * @param out closed with this
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
     * Hands everything to the stream.
     *
     * @throws IOException if the stream takes no more
     */
    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
