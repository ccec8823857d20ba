package dev.countersign.internal.hash;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.Map;

/** The pieces that stored forms are made of: numbers within bounds, and bytes in hexadecimal or Base64. */
public final class HashText {

    /** The fewest bytes of a digest, for a shorter one is matched by other passwords, too. */
    public static final int SHORTEST_DIGEST = 16;

    /** The most bytes of a digest. */
    public static final int LONGEST_DIGEST = 64;

    private static final int LONGEST_SALT = 128;
    private static final int LONGEST_NUMBER = 9;

    private HashText() {}

    /**
     * A number of a cost.
     *
     * @param name what it is
     * @param text the digits
     * @param lowest the least allowed
     * @param highest the most allowed
     * @return the number
     * @throws MalformedHashException if it is none, or out of bounds
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
     * A number that is bounded.
     *
     * @param name what it is
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
     * Parameters such as {@code m=65536,t=3,p=4}.
     *
     * @param text the parameters
     * @return each by its name
     * @throws MalformedHashException if they are no such list
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
     * A salt in Base64, with or without padding, also in the alphabet with a dot for the plus.
     *
     * @param text the Base64
     * @return the bytes
     * @throws MalformedHashException if it is none, or too long
     */
    public static byte[] salt(String text) throws MalformedHashException {
        return bounded("salt", base64(text), 1, LONGEST_SALT);
    }

    /**
     * A salt that is used as the text it is.
     *
     * @param bytes the text's bytes
     * @return the bytes
     * @throws MalformedHashException if there are none, or too many
     */
    public static byte[] salt(byte[] bytes) throws MalformedHashException {
        return bounded("salt", bytes, 1, LONGEST_SALT);
    }

    /**
     * A digest in Base64, as {@link #salt(String)}.
     *
     * @param text the Base64
     * @return the bytes
     * @throws MalformedHashException if it is none, too short or too long
     */
    public static byte[] digest(String text) throws MalformedHashException {
        return digest(base64(text));
    }

    /**
     * A digest.
     *
     * @param bytes the digest
     * @return the bytes
     * @throws MalformedHashException if it is too short or too long
     */
    public static byte[] digest(byte[] bytes) throws MalformedHashException {
        return bounded("digest", bytes, SHORTEST_DIGEST, LONGEST_DIGEST);
    }

    /**
     * Bytes in hexadecimal.
     *
     * @param text of either case
     * @return the bytes
     * @throws MalformedHashException if it is none
     */
    public static byte[] hex(String text) throws MalformedHashException {
        try {
            return BaseEncoding.base16().ignoreCase().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedHashException("it is not hexadecimal");
        }
    }

    /**
     * The pieces between dollar signs.
     *
     * @param text the stored form
     * @param pieces how many there must be
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
     * Bytes in Base64, with or without padding, also in the alphabet with a dot for the plus.
     *
     * @param text the Base64
     * @return the bytes
     * @throws MalformedHashException if it is none
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
