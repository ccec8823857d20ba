package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.Optional;

/** Reads the rows of a file, one by one. */
interface RowSource extends AutoCloseable {

    /** Reads the next row; empty at the end. */
    Optional<SourceRow> next() throws IOException;

    /** The names of the columns, where the format has a header. */
    ImmutableList<String> header();

    @Override
    void close() throws IOException;
}
