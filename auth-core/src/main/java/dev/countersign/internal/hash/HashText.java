package dev.countersign.internal.hash;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.Map;

/** Parses the parts of stored forms: numbers within bounds, and bytes in hexadecimal or Base64. */
public final class HashText {

    /** The fewest bytes of a digest; other passwords would also match a shorter one. */
    public static final int SHORTEST_DIGEST = 16;

    /** The most bytes of a digest. */
    public static final int LONGEST_DIGEST = 64;

    private static final int LONGEST_SALT = 128;
    private static final int LONGEST_NUMBER = 9;

    private HashText() {}

    /**
     * Parses the number of a cost.
     *
     * @param name the name, for messages
     * @param text the digits
     * @param lowest the least allowed
     * @param highest the most allowed
     * @return the number
     * @throws MalformedHashException if the text is not a number, or it is out of bounds
     */
    public static int number(String name, String text, int lowest, int highest) throws MalformedHashException {
        requireNonNull(name, "name");

        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new MalformedHashException("its " + name + " is not a number");
        }
        int value = text.length() > LONGEST_NUMBER ? Integer.MAX_VALUE : Integer.parseInt(text);
        return within(name, value, lowest, highest);
    }

    /**
     * Checks a number against bounds.
     *
     * @param name the name, for messages
     * @param value the number
     * @param lowest the least allowed
     * @param highest the most allowed
     * @return the number
     * @throws MalformedHashException if it is out of bounds
     */
    public static int within(String name, long value, int lowest, int highest) throws MalformedHashException {
        requireNonNull(name, "name");

        if (value < lowest || value > highest) {
            throw new MalformedHashException("its " + name + " is not within " + lowest + " and " + highest
                    + ", so that no imported hash is too weak or too costly");
        }
        return (int) value;
    }

    /**
     * Parses parameters such as {@code m=65536,t=3,p=4}.
     *
     * @param text the parameters
     * @return the parameters by name
     * @throws MalformedHashException if the text is not such a list
     */
    public static ImmutableMap<String, String> parameters(String text) throws MalformedHashException {
        try {
            Map<String, String> split = Splitter.on(',')
                    .withKeyValueSeparator(Splitter.on('=').limit(2))
                    .split(text);
            return ImmutableMap.copyOf(split);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedHashException("its parameters are malformed");
        }
    }

    /**
     * Decodes a salt in Base64, with or without padding, also in the alphabet with a dot for the plus.
     *
     * @param text the Base64
     * @return the bytes
     * @throws MalformedHashException if the text is not Base64, or the salt is too long
     */
    public static byte[] salt(String text) throws MalformedHashException {
        return bounded("salt", base64(text), 1, LONGEST_SALT);
    }

    /**
     * Checks a salt that is used as plain text.
     *
     * @param bytes the text's bytes
     * @return the bytes
     * @throws MalformedHashException if the salt is empty or too long
     */
    public static byte[] salt(byte[] bytes) throws MalformedHashException {
        return bounded("salt", bytes, 1, LONGEST_SALT);
    }

    /**
     * Decodes a digest in Base64, as {@link #salt(String)}.
     *
     * @param text the Base64
     * @return the bytes
     * @throws MalformedHashException if the text is not Base64, or the digest is too short or too long
     */
    public static byte[] digest(String text) throws MalformedHashException {
        return digest(base64(text));
    }

    /**
     * Checks a digest's length.
     *
     * @param bytes the digest
     * @return the bytes
     * @throws MalformedHashException if the digest is too short or too long
     */
    public static byte[] digest(byte[] bytes) throws MalformedHashException {
        return bounded("digest", bytes, SHORTEST_DIGEST, LONGEST_DIGEST);
    }

    /**
     * Decodes hexadecimal.
     *
     * @param text the digits, in upper or lower case
     * @return the bytes
     * @throws MalformedHashException if the text is not hexadecimal
     */
    public static byte[] hex(String text) throws MalformedHashException {
        try {
            return BaseEncoding.base16().ignoreCase().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedHashException("it is not hexadecimal");
        }
    }

    /**
     * Splits a stored form at its dollar signs.
     *
     * @param text the stored form
     * @param pieces the required number of pieces
     * @return the pieces
     * @throws MalformedHashException if there are more or fewer
     */
    public static List<String> pieces(String text, int pieces) throws MalformedHashException {
        List<String> all = Splitter.on('$').splitToList(text);
        if (all.size() != pieces) {
            throw new MalformedHashException("it has not the parts that its format has");
        }
        return all;
    }

    /**
     * Decodes Base64, with or without padding, also in the alphabet with a dot for the plus.
     *
     * @param text the Base64
     * @return the bytes
     * @throws MalformedHashException if the text is not Base64
     */
    public static byte[] base64(String text) throws MalformedHashException {
        try {
            return BaseEncoding.base64().decode(text.replace('.', '+'));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedHashException("it is not Base64");
        }
    }

    private static byte[] bounded(String name, byte[] bytes, int shortest, int longest) throws MalformedHashException {
        within("number of bytes of " + name, bytes.length, shortest, longest);
        return bytes;
    }
}
