package dev.countersign.password;

import dev.countersign.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret by which a decoy is chosen for an unknown identifier. It must be the same after a restart and on every node of a server: an identifier whose
 * logins take another time now would be known to be nobody's. Immutable.
 */
@Secret
public final class DecoyKey {

    /** The fewest bytes of a key. */
    public static final int SHORTEST = 16;

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    private DecoyKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Takes a key.
     *
     * @param secret copied; at least {@value #SHORTEST} bytes from randomness, kept where keys are kept, or derived from a key that is
     * @return the key
     * @throws IllegalArgumentException if it is shorter
     */
    public static DecoyKey of(byte[] secret) {
        if (secret.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "a key for decoys has at least " + SHORTEST + " bytes: " + secret.length);
        }
        return new DecoyKey(new SecretKeySpec(secret, HMAC));
    }

    /**
     * A number that looks random and is always the same for a text.
     *
     * @param text anything
     * @return the first 64 bits of the text's HMAC-SHA-256
     */
    public long number(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "DecoyKey[hidden]";
    }
}
