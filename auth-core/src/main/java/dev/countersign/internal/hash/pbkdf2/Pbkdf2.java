package dev.countersign.internal.hash.pbkdf2;

import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 (RFC 8018 §5.2) with the HMAC of a hash function. */
enum Pbkdf2 {
    /** HMAC-SHA-1. */
    SHA1(20),
    /** HMAC-SHA-256. */
    SHA256(32),
    /** HMAC-SHA-512. */
    SHA512(64);

    static final int FEWEST_ITERATIONS = 1000;
    static final int MOST_ITERATIONS = 2_000_000;

    private final int blockBytes;

    Pbkdf2(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    Optional<Reading> reading(int iterations, byte[] salt, byte[] digest) throws MalformedHashException {
        // Every block of output costs all iterations again.
        long blocks = (digest.length + blockBytes - 1L) / blockBytes;
        HashText.within("number of iterations", iterations * blocks, FEWEST_ITERATIONS, MOST_ITERATIONS);
        return Reading.Foreign.of(
                "PBKDF2-" + name() + ", " + iterations * blocks + " iterations",
                utf8 -> MessageDigest.isEqual(derive(utf8, salt, iterations, digest.length), digest));
    }

    private byte[] derive(byte[] utf8, byte[] salt, int iterations, int length) {
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        char[] password = new char[chars.remaining()];
        chars.get(password);
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, length * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + name())
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has PBKDF2", impossible);
        } finally {
            spec.clearPassword();
            Arrays.fill(password, '\0');
            Arrays.fill(chars.array(), '\0');
        }
    }
}
