package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a token is stored and looked up by: the SHA-256 digest of a token's signed part or, for a random one, of its text. It does not reveal the token.
 * All encodings of a signature belong to one key, because a signature can be written in several ways and the signed part cannot. Immutable.
 */
public final class TokenKey {

    private static final BaseEncoding BASE64URL = BaseEncoding.base64Url().omitPadding();
    private static final int BYTES = 32;

    // Four numbers need half of the memory of an array with its header and reference.
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private TokenKey(ByteBuffer digest) {
        this.first = digest.getLong();
        this.second = digest.getLong();
        this.third = digest.getLong();
        this.fourth = digest.getLong();
    }

    /**
     * The key of a signed token.
     *
     * @param token a token in compact form (RFC 7515 §7.1)
     * @return the key of its header and claims; two tokens with the same header and claims have the same key
     */
    public static TokenKey ofSigned(AccessToken token) {
        String compact = requireNonNull(token, "token").revealCompact();
        int signature = compact.lastIndexOf('.');
        return ofText(signature < 0 ? compact : compact.substring(0, signature));
    }

    /**
     * The key of a random token.
     *
     * @param text the whole token
     * @return its key
     */
    public static TokenKey ofText(String text) {
        requireNonNull(text, "text");

        HashCode digest = Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
        return new TokenKey(ByteBuffer.wrap(digest.asBytes()));
    }

    /**
     * Parses a stored key.
     *
     * @param text the result of {@link #text}
     * @return the key; empty if the text is not a key
     */
    public static Optional<TokenKey> parse(String text) {
        requireNonNull(text, "text");

        if (!BASE64URL.canDecode(text)) {
            return Optional.empty();
        }
        byte[] digest = BASE64URL.decode(text);
        return digest.length == BYTES ? Optional.of(new TokenKey(ByteBuffer.wrap(digest))) : Optional.empty();
    }

    /** {@return the key as 43 characters of base64url (RFC 4648 §5), for a store} */
    public String text() {
        byte[] digest = ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
        return BASE64URL.encode(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenKey key
                && first == key.first
                && second == key.second
                && third == key.third
                && fourth == key.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return "TokenKey[" + text().substring(0, 8) + "…]";
    }
}
