package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one by one. */
interface RowSource extends AutoCloseable {

    /** The next row, or empty at the end. */
    Optional<SourceRow> next() throws IOException;

    /** The names of the columns, where the format has a header. */
    ImmutableList<String> header();

    @Override
    void close() throws IOException;
}
