package dev.countersign.password;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.countersign.secret.Secret;
import java.nio.charset.StandardCharsets;

/**
 * The secret by which a decoy is chosen for an unknown identifier. It must be the same after a restart and on every node of a server: if the time of
 * a login changed, it would show that no user has the identifier. Immutable.
 */
@Secret
public final class DecoyKey {

    /** The fewest bytes of a key. */
    public static final int SHORTEST = 16;

    private final HashFunction hmac;

    private DecoyKey(HashFunction hmac) {
        this.hmac = hmac;
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
        return new DecoyKey(Hashing.hmacSha256(secret));
    }

    /**
     * A number that looks random and is always the same for a text.
     *
     * @param text anything
     * @return 64 bits of the text's HMAC-SHA-256
     */
    public long number(String text) {
        requireNonNull(text, "text");

        return hmac.hashString(text, StandardCharsets.UTF_8).asLong();
    }

    @Override
    public String toString() {
        return "DecoyKey[hidden]";
    }
}
