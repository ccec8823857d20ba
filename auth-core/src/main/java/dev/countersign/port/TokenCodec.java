package dev.countersign.port;

import dev.countersign.json.JsonObject;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import java.util.List;

/**
 * Signs tokens and verifies signatures (RFC 7515) with the keys and the one algorithm it was made for. Checks neither times nor claims. Thread-safe.
 * {@code TokenCodecContract} in the testkit specifies the behaviour.
 */
public interface TokenCodec {

    /** The longest token that is accepted, in characters. */
    int MAX_LENGTH = 8192;

    /**
     * Signs a token.
     *
     * @param claims header and claims; written exactly as they are, order, types and nulls kept
     * @return the compact form
     * @throws IllegalArgumentException if the header's {@code alg} is not {@link #algorithm}, header or claims have what {@link #decode} refuses, or the
     *     token would be longer than {@link #MAX_LENGTH}
     */
    AccessToken encode(Claims claims);

    /**
     * Verifies the signature, and nothing else.
     *
     * @param token anything
     * @return the claims, and the old system if one of its keys verified; or the flaw: malformed (unpaired surrogates included) or badly signed
     */
    Decoding decode(AccessToken token);

    /** {@return the one algorithm, as RFC 7518 §3.1 names it} */
    String algorithm();

    /** {@return the signing key's id, for a header's {@code kid}} */
    String keyId();

    /** {@return the public keys as JWKs (RFC 7517 §4), none where the keys are shared secrets} */
    List<JsonObject> publicKeys();
}
