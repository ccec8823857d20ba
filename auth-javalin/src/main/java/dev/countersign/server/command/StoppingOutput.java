package dev.countersign.server.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** Standard output that throws when a write fails; {@link PrintStream} only sets a flag. */
final class StoppingOutput extends FilterOutputStream {

    private final PrintStream printed;

    StoppingOutput(PrintStream printed) {
        super(printed);
        this.printed = printed;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        printed.write(bytes, offset, length);
        check();
    }

    @Override
    public void write(int single) throws IOException {
        printed.write(single);
        check();
    }

    private void check() throws IOException {
        if (printed.checkError()) {
            throw new IOException("not all users were written");
        }
    }
}
