package dev.countersign.server.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Lossless UTF-8. A byte that is not UTF-8 is read as a lone surrogate, U+DC80 to U+DCFF, which never occurs in UTF-8, and is written as the same
 * byte again.
 */
public final class RawText {

    private static final char FIRST = 0xDC80;
    private static final char LAST = 0xDCFF;
    private static final int BASE = 0xDC00;

    private RawText() {}

    /**
     * Decodes a text.
     *
     * @param bytes any bytes
     * @return the text
     */
    public static String decode(byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        decode(decoder(), in, text, true);
        return text.flip().toString();
    }

    /**
     * Encodes a text.
     *
     * @param text a result of {@link #decode}, or any other text
     * @return the bytes
     */
    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isByte(text, i)) {
                bytes.writeBytes(text.substring(begin, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(i) - BASE);
                begin = i + 1;
            }
        }
        bytes.writeBytes(text.substring(begin).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** {@return whether the text holds a byte that is not UTF-8} */
    public static boolean hasBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isByte(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the character at the index stands for a byte that is not UTF-8} */
    public static boolean isByte(String text, int at) {
        char c = text.charAt(at);
        return c >= FIRST && c <= LAST && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** {@return a reader that decodes in this way} */
    static Reader reader(InputStream in) {
        return new Decoding(in);
    }

    /** {@return a writer that encodes in this way} */
    static Writer writer(OutputStream out) {
        return new Encoding(out);
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Decodes until either buffer is used up; an incomplete character stays in the input. */
    private static void decode(CharsetDecoder decoder, ByteBuffer in, CharBuffer text, boolean end) {
        CoderResult result = decoder.decode(in, text, end);
        while (result.isError() && text.hasRemaining()) {
            text.put((char) (BASE + (in.get() & 0xFF)));
            decoder.reset();
            result = decoder.decode(in, text, end);
        }
    }

    private static final class Decoding extends Reader {

        private final InputStream in;
        private final CharsetDecoder decoder = decoder();
        private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
        private boolean ended;

        Decoding(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            CharBuffer text = CharBuffer.wrap(buffer, offset, length).slice();
            // A pair of surrogates needs two characters of space.
            if (length == 1) {
                return readOne(buffer, offset);
            }
            while (text.position() == 0 && length > 0) {
                decode(decoder, bytes, text, ended);
                if (text.position() > 0) {
                    break;
                }
                if (ended) {
                    return -1;
                }
                fill();
            }
            return text.position();
        }

        private int readOne(char[] buffer, int offset) throws IOException {
            char[] two = new char[2];
            int count = read(two, 0, 2);
            if (count > 1) {
                throw new IOException("one character was requested, but the next one is a surrogate pair");
            }
            buffer[offset] = two[0];
            return count;
        }

        private void fill() throws IOException {
            bytes.compact();
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = count < 0;
            bytes.position(bytes.position() + Math.max(0, count));
            bytes.flip();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class Encoding extends Writer {

        private final OutputStream out;
        private String held = "";

        Encoding(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            String text = held + new String(buffer, offset, length);
            boolean half = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
            held = half ? text.substring(text.length() - 1) : "";
            out.write(encode(half ? text.substring(0, text.length() - 1) : text));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.write(encode(held));
            out.close();
        }
    }
}
