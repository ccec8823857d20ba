package dev.countersign.server.command;

import dev.countersign.server.files.FileTrouble;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output that remembers why it took no more, which a {@link PrintStream} forgets. */
final class PrintedOutput extends PrintStream {

    private final Remembering memory;

    private PrintedOutput(Remembering memory) {
        super(memory, true, StandardCharsets.UTF_8);
        this.memory = memory;
    }

    static PrintedOutput to(OutputStream out) {
        return new PrintedOutput(new Remembering(out));
    }

    /** Why a stream took no more. */
    static String reason(PrintStream broken) {
        return "standard output cannot be written"
                + (broken instanceof PrintedOutput printed ? printed.memory.reason : "");
    }

    private static final class Remembering extends FilterOutputStream {

        private String reason = "";

        Remembering(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int single) throws IOException {
            try {
                out.write(single);
            } catch (IOException refused) {
                throw remembered(refused);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException refused) {
                throw remembered(refused);
            }
        }

        private IOException remembered(IOException refused) {
            reason = ": " + FileTrouble.of(refused);
            return refused;
        }
    }
}
