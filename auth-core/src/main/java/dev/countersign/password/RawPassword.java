package dev.countersign.password;

import dev.countersign.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password exactly as typed: never trimmed, folded or cut. Closing wipes it; every later use throws {@link IllegalStateException}. Not thread-safe.
 */
@Secret
public final class RawPassword implements AutoCloseable {

    private final char[] chars;
    private boolean closed;

    private RawPassword(char[] chars) {
        this.chars = chars;
    }

    /**
     * Copies the characters; the caller wipes its own.
     *
     * @param chars UTF-16; may be empty or malformed
     * @return the password
     */
    public static RawPassword of(char[] chars) {
        return new RawPassword(chars.clone());
    }

    /**
     * Copies the characters of a text, as parsed from a request.
     *
     * @param text UTF-16; may be empty or malformed
     * @return the password
     */
    public static RawPassword of(CharSequence text) {
        char[] chars = new char[text.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(i);
        }
        return new RawPassword(chars);
    }

    /**
     * Counts the characters.
     *
     * @return the length in code points
     * @throws IllegalStateException if the password is closed
     */
    public int codePoints() {
        return Character.codePointCount(open(), 0, chars.length);
    }

    /**
     * Counts the bytes.
     *
     * @return the length in bytes of UTF-8
     * @throws IllegalStateException if the password is closed
     */
    public int bytes() {
        byte[] utf8 = revealUtf8();
        Arrays.fill(utf8, (byte) 0);
        return utf8.length;
    }

    /**
     * Checks whether the password has no characters.
     *
     * @return whether the password is empty
     * @throws IllegalStateException if the password is closed
     */
    public boolean isEmpty() {
        return open().length == 0;
    }

    /**
     * Checks whether a hasher can process the password unchanged.
     *
     * @return whether there is no NUL character and no unpaired surrogate
     * @throws IllegalStateException if the password is closed
     */
    public boolean isWellFormed() {
        char[] open = open();
        for (int i = 0; i < open.length; i++) {
            boolean pair = i + 1 < open.length && Character.isSurrogatePair(open[i], open[i + 1]);
            if (open[i] == 0 || (Character.isSurrogate(open[i]) && !pair)) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }

    /**
     * Copies the password in UTF-8; the caller wipes the bytes.
     *
     * @return the bytes; for malformed UTF-16 other passwords may have the same ones
     * @throws IllegalStateException if the password is closed
     */
    public byte[] revealUtf8() {
        ByteBuffer buffer = ByteBuffer.allocate(3 * open().length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(chars), buffer, true);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    /**
     * The characters as a string, which cannot be wiped; only for comparing with values that are not secret.
     *
     * @return the text
     */
    String revealText() {
        return new String(open());
    }

    private char[] open() {
        if (closed) {
            throw new IllegalStateException("the password is closed: its characters were wiped by close()");
        }
        return chars;
    }

    /** Wipes the characters. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(chars, '\0');
    }

    @Override
    public String toString() {
        return "RawPassword[hidden]";
    }
}
