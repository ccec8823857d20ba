package dev.countersign.password;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.countersign.secret.Secret;
import java.nio.charset.StandardCharsets;

/**
 * The secret that selects a decoy for an unknown identifier. It must be the same after a restart and on every node of a server: if the time of a
 * login changed, that would reveal that no user has the identifier. Immutable.
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
     * Creates a key.
     *
     * @param secret copied; at least {@value #SHORTEST} random bytes, stored like other keys or derived from one
     * @return the key
     * @throws IllegalArgumentException if the secret is shorter
     */
    public static DecoyKey of(byte[] secret) {
        if (secret.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "a key for decoys has at least " + SHORTEST + " bytes: " + secret.length);
        }
        return new DecoyKey(Hashing.hmacSha256(secret));
    }

    /**
     * A pseudorandom number that is always the same for a text.
     *
     * @param text any text
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
