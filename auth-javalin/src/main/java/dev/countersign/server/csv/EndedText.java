package dev.countersign.server.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text with a line break added at the end. A record that arrives after the end has a quote that was never closed. */
final class EndedText extends FilterReader {

    private boolean terminated;
    private boolean ended;

    EndedText(Reader text) {
        super(text);
    }

    /** Whether everything has been read, including the added line break. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count >= 0) {
            return count;
        }
        ended = terminated;
        terminated = true;
        buffer[offset] = '\n';
        return ended ? -1 : 1;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }
}
