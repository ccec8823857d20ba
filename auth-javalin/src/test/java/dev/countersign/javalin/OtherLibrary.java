package dev.countersign.javalin;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** JWT libraries of other people, which sign and verify as their users would. */
enum OtherLibrary {
    /** Connect2id's. */
    NIMBUS {
        @Override
        String sign(JsonObject header, JsonObject claims, TestKey key) throws Exception {
            JWSObject token =
                    new JWSObject(JWSHeader.parse(JsonText.write(header)), new Payload(JsonText.write(claims)));
            token.sign(
                    key.signing() instanceof SecretKey secret
                            ? new MACSigner(secret)
                            : new ECDSASigner((ECPrivateKey) key.signing()));
            return token.serialize();
        }

        @Override
        String verify(String token, TestKey key, Instant now) throws Exception {
            JWSObject parsed = JWSObject.parse(token);
            boolean verified = parsed.verify(
                    key.verifying() instanceof SecretKey secret
                            ? new MACVerifier(secret)
                            : new ECDSAVerifier((ECPublicKey) key.verifying()));
            if (!verified) {
                throw new IllegalArgumentException("the signature does not verify");
            }
            return parsed.getPayload().toString();
        }
    },
    /** Auth0's. */
    JAVA_JWT {
        @Override
        String sign(JsonObject header, JsonObject claims, TestKey key) {
            Map<String, Object> members = new LinkedHashMap<>();
            header.members().forEach((name, value) -> members.put(name, value.toString()));
            return JWT.create()
                    .withHeader(members)
                    .withPayload(JsonText.write(claims))
                    .sign(algorithm(key));
        }

        @Override
        String verify(String token, TestKey key, Instant now) {
            String payload = ((JWTVerifier.BaseVerification) JWT.require(algorithm(key)))
                    .build(Clock.fixed(now, ZoneOffset.UTC))
                    .verify(token)
                    .getPayload();
            return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        }

        private Algorithm algorithm(TestKey key) {
            return key.signing() instanceof SecretKey secret
                    ? Algorithm.HMAC256(secret.getEncoded())
                    : Algorithm.ECDSA256((ECPublicKey) key.verifying(), (ECPrivateKey) key.signing());
        }
    },
    /** Brian Campbell's. */
    JOSE4J {
        @Override
        String sign(JsonObject header, JsonObject claims, TestKey key) throws Exception {
            JsonWebSignature token = new JsonWebSignature();
            header.members().forEach((name, value) -> token.setHeader(name, value.toString()));
            token.setPayload(JsonText.write(claims));
            token.setKey(key.signing());
            return token.getCompactSerialization();
        }

        @Override
        String verify(String token, TestKey key, Instant now) throws Exception {
            JwtConsumerBuilder consumer = new JwtConsumerBuilder()
                    .setVerificationKey(key.verifying())
                    .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                    .setSkipDefaultAudienceValidation();
            return consumer.build().processToClaims(token).getRawJson();
        }
    };

    /**
     * A key both sides have.
     *
     * @param signing a shared secret or a private key
     * @param verifying the same secret or the public key
     */
    record TestKey(Key signing, Key verifying) {
        static TestKey of(KeyPair pair) {
            return new TestKey(pair.getPrivate(), pair.getPublic());
        }
    }

    /** Signs these claims. */
    abstract String sign(JsonObject header, JsonObject claims, TestKey key) throws Exception;

    /** Verifies a token, and its times where the library does so; answers the claims' JSON. */
    abstract String verify(String token, TestKey key, Instant now) throws Exception;

    /** Reads a public key from a JWK Set. */
    static ECPublicKey nimbusKey(String jwks, String keyId) throws Exception {
        return com.nimbusds.jose.jwk.JWKSet.parse(jwks)
                .getKeyByKeyId(keyId)
                .toECKey()
                .toECPublicKey();
    }

    /** Reads a public key from a JWK Set. */
    static Key jose4jKey(String jwks, String keyId) throws Exception {
        return new org.jose4j.jwk.JsonWebKeySet(jwks)
                .getJsonWebKeys().stream()
                        .filter(key -> key.getKeyId().equals(keyId))
                        .map(JsonWebKey::getKey)
                        .findFirst()
                        .orElseThrow();
    }

    /** The key id in a token's header. */
    static String keyId(String token) throws Exception {
        return JWSHeader.parse(Base64URL.from(token.substring(0, token.indexOf('.'))))
                .getKeyID();
    }
}
