package dev.countersign.port;

import dev.countersign.json.JsonObject;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import java.util.List;
import java.util.Optional;

/**
 * Signs tokens with one algorithm, and verifies signatures (RFC 7515) with its keys, each under one algorithm. The keys may change while it is used.
 * Checks neither times nor claims. Thread-safe.
 * {@code TokenCodecContract} in the testkit specifies the behaviour.
 */
public interface TokenCodec {

    /** The longest token that is accepted, in characters. */
    int MAX_LENGTH = 8192;

    /**
     * Signs a token, with the key that its header's {@code kid} names if that key may sign, otherwise with the one that signs now.
     *
     * @param claims header and claims; written exactly as they are, with order, types and nulls preserved
     * @return the compact form
     * @throws IllegalArgumentException if the header's {@code alg} is not {@link #algorithm}, header or claims contain something that {@link #decode}
     *     refuses, or the token would be longer than {@link #MAX_LENGTH}
     */
    AccessToken encode(Claims claims);

    /**
     * Verifies only the signature.
     *
     * @param token any text
     * @return the claims, with the old system's name if its key verified the token; or the flaw: malformed (including unpaired surrogates) or badly
     *     signed
     */
    Decoding decode(AccessToken token);

    /** {@return the algorithm of new tokens, as named in RFC 7518 §3.1; always the same} */
    String algorithm();

    /** {@return the id of the key that signs now, for a header's {@code kid}} */
    String keyId();

    /**
     * Identifies the keys that verify now, so that a token's signature is not verified again at each request.
     *
     * @return an object that stays equal as long as {@link #decode} would return the same for each token that it has verified, and that no other
     *     codec returns; another one as soon as a key was added or removed or has ended. Empty if the codec cannot tell: then each token is verified
     *     at each request
     */
    default Optional<Object> verifyingKeys() {
        return Optional.empty();
    }

    /** {@return the public keys as JWKs (RFC 7517 §4); empty if the keys are shared secrets} */
    List<JsonObject> publicKeys();
}
