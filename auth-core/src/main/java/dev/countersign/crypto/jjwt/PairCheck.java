package dev.countersign.crypto.jjwt;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Map;

/** Checks key pairs; a class of its own, because it cannot be loaded without jjwt. */
final class PairCheck {

    private PairCheck() {}

    /** Signs and verifies once: shows that the halves belong together, and that jjwt takes them for the algorithm. */
    static boolean matches(SigningAlgorithm algorithm, KeyPair pair) {
        JsonObject header = JsonObject.of(Map.of("alg", new JsonString(algorithm.joseName())));
        try {
            String compact = Jwts.builder()
                    .content("countersign".getBytes(StandardCharsets.US_ASCII))
                    .json(new HeaderSerializer(header))
                    .signWith(pair.getPrivate(), algorithm.jjwt())
                    .compact();
            return VerifyingKey.verifies(algorithm, pair.getPublic(), compact);
        } catch (JwtException | IllegalArgumentException doNotFit) {
            return false;
        }
    }
}
