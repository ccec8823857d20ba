package dev.countersign.crypto.jjwt;

import dev.countersign.secret.Secret;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A key that verifies tokens under one algorithm, possibly only until a date. */
@Secret
final class VerifyingKey {

    /** 64 bytes in base64url without padding. */
    private static final int ED25519_CHARACTERS = 86;

    private final RingKey key;
    private final JwtParser parser;

    private VerifyingKey(RingKey key) {
        this.key = key;
        this.parser = parser(key.material().algorithm(), key.material().revealVerifying());
    }

    static VerifyingKey of(RingKey key) {
        return new VerifyingKey(key);
    }

    /** The name of the old system that the key belongs to; null for a key of ours. */
    @Nullable
    String oldSystem() {
        return key.oldSystem();
    }

    /** Whether the key is for that algorithm, and has not ended. */
    boolean verifies(String algorithm, Instant now) {
        return key.material().algorithm().joseName().equals(algorithm) && !key.hasEnded(now);
    }

    /** Allows only this algorithm, no decompression and no decryption. */
    private static JwtParser parser(SigningAlgorithm algorithm, Key key) {
        JwtParserBuilder builder = Jwts.parser()
                .sig()
                .clear()
                .add(algorithm.jjwt())
                .and()
                .zip()
                .clear()
                .and()
                .enc()
                .clear()
                .and()
                .key()
                .clear()
                .and()
                .json(new HeaderDeserializer());
        return key instanceof SecretKey secret
                ? builder.verifyWith(secret).build()
                : builder.verifyWith((PublicKey) key).build();
    }

    /** Verifies a token's signature with a public key under one algorithm. */
    static boolean verifies(SigningAlgorithm algorithm, PublicKey key, String compact) {
        return payload(algorithm, parser(algorithm, key), compact).isPresent();
    }

    /**
     * Verifies a token's signature.
     *
     * @param compact a well-formed token
     * @return the payload's bytes, or empty if the signature does not verify
     */
    Optional<byte[]> verify(String compact) {
        return payload(key.material().algorithm(), parser, compact);
    }

    private static Optional<byte[]> payload(SigningAlgorithm algorithm, JwtParser parser, String compact) {
        // The JDK ignores what follows the 64 bytes of an Ed25519 signature (RFC 8032 §5.1.7), and one token would have
        // many spellings.
        if (algorithm == SigningAlgorithm.EDDSA
                && compact.length() - compact.lastIndexOf('.') - 1 != ED25519_CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parseSignedContent(compact).getPayload());
        } catch (JwtException | IllegalArgumentException badlySigned) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "VerifyingKey[hidden]";
    }
}
