package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads UTF-8 text with or without a byte order mark. Other encodings are refused; UTF-16 and UTF-32 are named. */
public final class TextFile {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int SAMPLE = 64;

    private TextFile() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its text without byte order mark
     * @throws IOException if it cannot be read or is not UTF-8; the message says what to do and never quotes the text
     */
    public static String read(Path file) throws IOException {
        requireNonNull(file, "file");

        return decode(Files.readAllBytes(file));
    }

    /**
     * Decodes a whole text.
     *
     * @param bytes the text
     * @return the text without byte order mark
     * @throws IOException if it is not UTF-8; the message says what to do and never quotes the text
     */
    public static String decode(byte[] bytes) throws IOException {
        refuseOtherEncodings(bytes);
        int start = isMarked(bytes) ? MARK.length : 0;
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new IOException("it is not UTF-8: save it as UTF-8", malformed);
        }
    }

    /**
     * Skips the byte order mark of a stream, if it has one.
     *
     * @param in the text
     * @return the text without byte order mark
     * @throws IOException if it cannot be read, or begins as UTF-16 or UTF-32
     */
    public static InputStream unmarked(InputStream in) throws IOException {
        requireNonNull(in, "in");

        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(SAMPLE);
        byte[] begin = buffered.readNBytes(SAMPLE);
        buffered.reset();
        refuseOtherEncodings(begin);
        if (isMarked(begin)) {
            buffered.skipNBytes(MARK.length);
        }
        return buffered;
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(MARK, 0, MARK.length, bytes, 0, MARK.length);
    }

    private static void refuseOtherEncodings(byte[] bytes) throws IOException {
        Optional<String> other = otherEncoding(bytes);
        if (other.isPresent()) {
            throw new IOException("it is " + other.get() + ": save it as UTF-8");
        }
    }

    private static Optional<String> otherEncoding(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & bytes[1] & 0xFF) == 0xFE && bytes[0] != bytes[1]) {
            boolean four = bytes.length >= 4 && bytes[2] == 0 && bytes[3] == 0;
            return Optional.of(four ? "UTF-32" : "UTF-16");
        }
        if (bytes.length >= 4 && bytes[0] == 0 && bytes[1] == 0 && (bytes[2] & 0xFF) == 0xFE) {
            return Optional.of("UTF-32");
        }
        // UTF-16 without a mark: every other byte of ASCII letters is zero.
        int pairs = Math.min(bytes.length, SAMPLE) / 2;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < pairs; i++) {
            even += bytes[2 * i] == 0 ? 1 : 0;
            odd += bytes[2 * i + 1] == 0 ? 1 : 0;
        }
        return pairs > 1 && Math.max(even, odd) > pairs / 2 ? Optional.of("UTF-16") : Optional.empty();
    }

    /**
     * Parses a path.
     *
     * @param text the path
     * @return the path
     * @throws IOException if no file can have that name, or not under this process's locale; the message says what to do
     */
    public static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw new IOException(noPathReason(text), noPath);
        }
    }

    static String noPathReason(String text) {
        return text.chars().anyMatch(c -> c > '~')
                ? "the name has letters that file names cannot have under this process's locale ("
                        + System.getProperty("sun.jnu.encoding") + "): start it with LC_ALL=C.UTF-8"
                : "no file can have this name";
    }
}
