package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonObject;
import dev.countersign.json.WholeText;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies tokens in compact form (RFC 7515 §7.1) with jjwt. Verifies the form first, then the algorithm, the signature and the claims'
 * syntax; the claims' times are checked elsewhere. Thread-safe.
 */
public final class JjwtTokenCodec implements TokenCodec {

    private final Supplier<KeyRing> ring;
    private final SecureRandom random;

    /**
     * Creates a codec with the keys of one ring.
     *
     * @param keys the keys and their algorithm
     * @param random the randomness that some signatures need
     */
    public JjwtTokenCodec(KeyRing keys, SecureRandom random) {
        this(() -> keys, requireNonNull(random, "random"));
        requireNonNull(keys, "keys");
    }

    private JjwtTokenCodec(Supplier<KeyRing> ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /**
     * Creates a codec whose ring can be replaced while it runs.
     *
     * @param ring returns the ring to use now, always of the same algorithm; called for each token, by any thread
     * @param random the randomness that some signatures need
     * @return the codec
     */
    public static JjwtTokenCodec following(Supplier<KeyRing> ring, SecureRandom random) {
        return new JjwtTokenCodec(requireNonNull(ring, "ring"), requireNonNull(random, "random"));
    }

    @Override
    public AccessToken encode(Claims claims) {
        requireNonNull(claims, "claims");

        KeyRing keys = ring.get();
        Optional<JoseHeader> header = JoseHeader.of(claims.header())
                .filter(found -> found.algorithm().equals(keys.algorithm().joseName()));
        if (header.isEmpty() || !WholeText.isIn(claims.body())) {
            throw new IllegalArgumentException("the header names "
                    + keys.algorithm().joseName() + " and nothing in the token is refused when it comes back");
        }
        String compact = Jwts.builder()
                .random(random)
                .json(new HeaderSerializer(claims.header()))
                .content(JsonText.write(claims.body()).getBytes(StandardCharsets.UTF_8))
                .signWith(
                        keys.signer(header.get().keyId()).revealSigning().orElseThrow(),
                        keys.algorithm().jjwt())
                .compact();
        if (compact.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a token of " + compact.length() + " characters would be refused; " + MAX_LENGTH + " are the most");
        }
        return AccessToken.of(compact);
    }

    @Override
    public Decoding decode(AccessToken token) {
        String compact = token.revealCompact();
        Optional<JoseHeader> header = CompactToken.header(compact);
        if (header.isEmpty()) {
            return new Decoding.Refused(TokenFlaw.MALFORMED);
        }
        for (VerifyingKey key : ring.get().candidates(header.get())) {
            Optional<byte[]> payload = key.verify(compact);
            if (payload.isPresent()) {
                return claims(header.get().json(), payload.get(), key.oldSystem());
            }
        }
        return new Decoding.Refused(TokenFlaw.BAD_SIGNATURE);
    }

    private static Decoding claims(JsonObject header, byte[] payload, @Nullable String oldSystem) {
        try {
            if (JsonText.read(payload) instanceof JsonObject body && WholeText.isIn(body)) {
                return new Decoding.Verified(new Claims(header, body), oldSystem);
            }
        } catch (JsonSyntaxException notJson) {
            // The signature is valid but the payload is not claims: a token of another system.
        }
        return new Decoding.Refused(TokenFlaw.MALFORMED);
    }

    @Override
    public String algorithm() {
        return ring.get().algorithm().joseName();
    }

    @Override
    public String keyId() {
        return ring.get().signingKeyId();
    }

    @Override
    public Optional<Object> verifyingKeys() {
        return Optional.of(ring.get().period());
    }

    @Override
    public List<JsonObject> publicKeys() {
        return ring.get().publicKeys();
    }
}
