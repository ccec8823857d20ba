package dev.countersign.server.csv;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;

/** Collects the cells of each record, and the line on which an unfinished record began. */
final class CellsHandler extends AbstractBaseCsvCallbackHandler<CsvInput.Cells> {

    private static final int MAX_CELLS = 1 << 14;

    private final int largestRecord;
    private ImmutableList.Builder<String> cells = ImmutableList.builder();
    private long characters;
    private long line;

    CellsHandler(int largestRecord) {
        this.largestRecord = largestRecord;
    }

    /** The first line of the latest record, from 1. */
    long line() {
        return line;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        cells = ImmutableList.builder();
        characters = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        characters += length;
        if (characters > largestRecord || index >= MAX_CELLS) {
            throw new CsvParseException("the record is too large");
        }
        cells.add(new String(buffer, offset, length));
    }

    @Override
    protected CsvInput.Cells buildRecord() {
        return new CsvInput.Cells(line, cells.build());
    }
}
