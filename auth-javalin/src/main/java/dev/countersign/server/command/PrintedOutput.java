package dev.countersign.server.command;

import dev.countersign.server.files.FileTrouble;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output that keeps the reason of a failed write; {@link PrintStream} discards it. */
final class PrintedOutput extends PrintStream {

    private final ReasonStream sink;

    private PrintedOutput(ReasonStream sink) {
        super(sink, true, StandardCharsets.UTF_8);
        this.sink = sink;
    }

    static PrintedOutput to(OutputStream out) {
        return new PrintedOutput(new ReasonStream(out));
    }

    /** The reason why a write to the stream failed. */
    static String reason(PrintStream broken) {
        return "standard output cannot be written"
                + (broken instanceof PrintedOutput printed ? printed.sink.reason : "");
    }

    private static final class ReasonStream extends FilterOutputStream {

        private String reason = "";

        ReasonStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int single) throws IOException {
            try {
                out.write(single);
            } catch (IOException refused) {
                throw noted(refused);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException refused) {
                throw noted(refused);
            }
        }

        private IOException noted(IOException refused) {
            reason = ": " + FileTrouble.of(refused);
            return refused;
        }
    }
}
