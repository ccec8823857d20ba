package dev.countersign.crypto.jjwt;

import dev.countersign.secret.Secret;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A key that verifies tokens under one algorithm, possibly only until a date. */
@Secret
final class VerifyingKey {

    private final JwtParser parser;
    private final @Nullable String oldSystem;
    private final Instant until;
    private final InstantSource clock;

    private VerifyingKey(JwtParser parser, @Nullable String oldSystem, Instant until, InstantSource clock) {
        this.parser = parser;
        this.oldSystem = oldSystem;
        this.until = until;
        this.clock = clock;
    }

    static VerifyingKey own(SigningAlgorithm algorithm, Key key) {
        return new VerifyingKey(parser(algorithm, key), null, Instant.MAX, () -> Instant.MIN);
    }

    static VerifyingKey ofOldSystem(SigningAlgorithm algorithm, Key key, String oldSystem) {
        return new VerifyingKey(parser(algorithm, key), oldSystem, Instant.MAX, () -> Instant.MIN);
    }

    static VerifyingKey ofOldSystemUntil(
            SigningAlgorithm algorithm, Key key, String oldSystem, Instant end, InstantSource clock) {
        return new VerifyingKey(parser(algorithm, key), oldSystem, end, clock);
    }

    /** The name of the old system that the key belongs to; null for a key of ours. */
    @Nullable
    String oldSystem() {
        return oldSystem;
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

    /**
     * Verifies a token's signature.
     *
     * @param compact a well-formed token
     * @return the payload's bytes, or empty if the signature does not verify or the key has expired
     */
    Optional<byte[]> verify(String compact) {
        if (!clock.instant().isBefore(until)) {
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
