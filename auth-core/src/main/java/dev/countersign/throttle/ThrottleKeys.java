package dev.countersign.throttle;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.countersign.secret.Secret;
import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.user.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes keys for names and addresses. What was typed as a name may be a password, and an address is personal data, so only a keyed digest of either is
 * stored. Every node that shares the counts needs the same secret. Immutable.
 */
@Secret
public final class ThrottleKeys {

    /** The fewest bytes of a secret. */
    public static final int SHORTEST = 16;

    // 128 bits: collisions are out of reach, and a key of two digests stays short.
    private static final int DIGEST_BYTES = 16;

    private final HashFunction hmac;

    private ThrottleKeys(HashFunction hmac) {
        this.hmac = hmac;
    }

    /**
     * Keys under a secret.
     *
     * @param secret copied; at least {@value #SHORTEST} random bytes, stored like other keys or derived from one
     * @return the keys
     * @throws IllegalArgumentException if the secret is shorter
     */
    public static ThrottleKeys of(byte[] secret) {
        requireNonNull(secret, "secret");
        if (secret.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "a secret for the throttle has at least " + SHORTEST + " bytes: " + secret.length);
        }
        return new ThrottleKeys(Hashing.hmacSha256(secret));
    }

    /**
     * The key of a name that no user has.
     *
     * @param typed the name, as typed
     * @return the key, the same for all spellings of the name
     */
    public ThrottleKey name(Identifier typed) {
        return new ThrottleKey(
                Kind.USER, "n" + digest("name " + requireNonNull(typed, "typed").folded()));
    }

    /**
     * The key of a client's network.
     *
     * @param address a known address
     * @return the key
     */
    public ThrottleKey network(ClientAddress address) {
        return new ThrottleKey(
                Kind.NETWORK,
                "a" + digest("network " + requireNonNull(address, "address").network()));
    }

    /**
     * The key of a user in a client's network.
     *
     * @param user the key of the user
     * @param address a known address
     * @return the key
     */
    public ThrottleKey pair(ThrottleKey user, ClientAddress address) {
        requireNonNull(user, "user");
        requireNonNull(address, "address");

        return new ThrottleKey(Kind.PAIR, user.text() + "." + digest("pair " + user.text() + " " + address.network()));
    }

    private String digest(String text) {
        byte[] whole = hmac.hashString(text, StandardCharsets.UTF_8).asBytes();
        return BaseEncoding.base64Url().omitPadding().encode(Arrays.copyOf(whole, DIGEST_BYTES));
    }

    @Override
    public String toString() {
        return "ThrottleKeys[hidden]";
    }
}
