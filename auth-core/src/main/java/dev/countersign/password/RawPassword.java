package dev.countersign.password;

import dev.countersign.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password exactly as typed: never trimmed, folded or cut. Wiped on close; not thread-safe.
 */
@Secret
public final class RawPassword implements AutoCloseable {

    private final char[] chars;

    private RawPassword(char[] chars) {
        this.chars = chars;
    }

    /**
     * Takes a copy of the characters; the caller wipes its own.
     *
     * @param chars UTF-16, may be empty or malformed
     * @return the password
     */
    public static RawPassword of(char[] chars) {
        return new RawPassword(chars.clone());
    }

    /**
     * Takes the characters of a text, as parsed from a request.
     *
     * @param text may be empty or malformed UTF-16
     * @return the password
     */
    public static RawPassword of(CharSequence text) {
        char[] chars = new char[text.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(i);
        }
        return new RawPassword(chars);
    }

    /** {@return the length in code points} */
    public int codePoints() {
        return Character.codePointCount(chars, 0, chars.length);
    }

    /** {@return the length in bytes of UTF-8} */
    public int bytes() {
        byte[] utf8 = revealUtf8();
        Arrays.fill(utf8, (byte) 0);
        return utf8.length;
    }

    /** {@return whether there are no characters} */
    public boolean isEmpty() {
        return chars.length == 0;
    }

    /** {@return whether a hasher can take it as it is: no NUL character and no unpaired surrogate} */
    public boolean isWellFormed() {
        for (int i = 0; i < chars.length; i++) {
            boolean pair = i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1]);
            if (chars[i] == 0 || (Character.isSurrogate(chars[i]) && !pair)) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }

    /**
     * A copy of the password in UTF-8, to be wiped by the caller.
     *
     * @return the bytes; for malformed UTF-16 they are not unique to this password
     */
    public byte[] revealUtf8() {
        ByteBuffer buffer = ByteBuffer.allocate(3 * chars.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(chars), buffer, true);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    /**
     * The characters as a text, which cannot be wiped; only to compare with what is no secret.
     *
     * @return the text
     */
    String revealText() {
        return new String(chars);
    }

    @Override
    public void close() {
        Arrays.fill(chars, '\0');
    }

    @Override
    public String toString() {
        return "RawPassword[hidden]";
    }
}
