package dev.countersign.internal.hash.digest;

import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The portable hash of phpass: a digest of salt and password, then repeatedly the digest of digest and password, in phpass's own Base64. */
final class IteratedDigest {

    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HEAD = 12;
    private static final int LEAST_LOG = 7;

    private final String algorithm;
    private final int log;
    private final byte[] salt;
    private final int longestBytes;

    private IteratedDigest(String algorithm, int log, byte[] salt, int longestBytes) {
        this.algorithm = algorithm;
        this.log = log;
        this.salt = salt;
        this.longestBytes = longestBytes;
    }

    /**
     * Parses {@code $?$}, the character for the logarithm, eight characters of salt and the digest.
     *
     * @param length the required number of characters
     * @param mostLog the highest logarithm allowed
     * @param mostBytes the most bytes of all rounds together, because each round reads the password again
     * @param longestBytes the longest password that the other system hashes
     */
    static IteratedDigest read(
            String stored, String algorithm, int length, int mostLog, long mostBytes, int longestBytes)
            throws MalformedHashException {
        boolean known = stored.length() == length && stored.chars().skip(3).allMatch(c -> ALPHABET.indexOf(c) >= 0);
        if (!known) {
            throw new MalformedHashException("it has not the parts that its format has");
        }
        int log = HashText.within("logarithm of rounds", ALPHABET.indexOf(stored.charAt(3)), LEAST_LOG, mostLog);
        byte[] salt = stored.substring(4, HEAD).getBytes(StandardCharsets.US_ASCII);
        return new IteratedDigest(algorithm, log, salt, (int) Math.min(longestBytes, mostBytes >> log));
    }

    /** The characters of the digest in a stored form. */
    static byte[] digest(String stored) {
        return stored.substring(HEAD).getBytes(StandardCharsets.US_ASCII);
    }

    /** The stored form with a digest of zeros. */
    static String blank(String stored) {
        return stored.substring(0, HEAD) + ".".repeat(stored.length() - HEAD);
    }

    int rounds() {
        return 1 << log;
    }

    /** The first characters of the password's digest in phpass's Base64; for a password that is too long, a text that never matches. */
    byte[] compute(byte[] utf8, int characters) {
        byte[] password = Arrays.copyOf(utf8, Math.min(utf8.length, longestBytes));
        MessageDigest function = function();
        function.update(salt);
        byte[] digest = function.digest(password);
        for (int round = 0; round < rounds(); round++) {
            function.update(digest);
            digest = function.digest(password);
        }
        Arrays.fill(password, (byte) 0);
        return utf8.length > longestBytes ? new byte[0] : Arrays.copyOf(base64(digest), characters);
    }

    private MessageDigest function() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    /** Encodes six bits per character, the lowest bits first. */
    private static byte[] base64(byte[] digest) {
        byte[] text = new byte[(digest.length * Byte.SIZE + 5) / 6];
        for (int i = 0; i < text.length; i++) {
            int bit = i * 6;
            int low = digest[bit / Byte.SIZE] & 0xff;
            int high = bit / Byte.SIZE + 1 < digest.length ? digest[bit / Byte.SIZE + 1] & 0xff : 0;
            text[i] = (byte) ALPHABET.charAt(((high << Byte.SIZE | low) >> bit % Byte.SIZE) & 0x3f);
        }
        return text;
    }
}
