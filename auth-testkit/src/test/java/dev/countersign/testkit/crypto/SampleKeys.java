package dev.countersign.testkit.crypto;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyInput;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.KeyText;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Two keys of each algorithm, made once. */
final class SampleKeys {

    private static final Map<SigningAlgorithm, KeyMaterial> FIRST = keys(new SeededRandom(11));
    private static final Map<SigningAlgorithm, KeyMaterial> SECOND = keys(new SeededRandom(12));

    private static final Map<KeyMaterial, TokenForge> FORGES = new ConcurrentHashMap<>();

    private SampleKeys() {}

    private static Map<SigningAlgorithm, KeyMaterial> keys(SeededRandom random) {
        Map<SigningAlgorithm, KeyMaterial> keys = new EnumMap<>(SigningAlgorithm.class);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            keys.put(algorithm, KeyMaterial.generate(algorithm, MutableClock.START, random));
        }
        return keys;
    }

    static KeyMaterial of(SigningAlgorithm algorithm) {
        return FIRST.get(algorithm);
    }

    static KeyMaterial otherOf(SigningAlgorithm algorithm) {
        return SECOND.get(algorithm);
    }

    /** The members a key has in its text form. */
    static JsonObject members(KeyMaterial key) {
        try {
            return (JsonObject) JsonText.read(KeyText.revealForStorage(key));
        } catch (JsonSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] bytes(KeyMaterial key, String member) {
        return Base64.getUrlDecoder()
                .decode(members(key).get(member).orElseThrow().asString().orElseThrow());
    }

    /** A codec that verifies with a key that others have published; empty if the key is refused. */
    static Optional<TokenCodec> verifying(JsonObject jwk) {
        try {
            KeyMaterial key = KeyInput.read(JsonText.write(jwk), Optional.empty(), MutableClock.START)
                    .get(0);
            KeyRing ring = KeyRing.signingWith(of(key.algorithm())).alsoVerifying(key);
            return Optional.of(new JjwtTokenCodec(ring, new SeededRandom(1)));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    static TokenForge forge(KeyMaterial key) {
        return FORGES.computeIfAbsent(key, SampleKeys::newForge);
    }

    private static TokenForge newForge(KeyMaterial key) {
        return switch (key.algorithm()) {
            case HS256 -> TokenForge.withSecret("HmacSHA256", bytes(key, "secret"));
            case HS384 -> TokenForge.withSecret("HmacSHA384", bytes(key, "secret"));
            case HS512 -> TokenForge.withSecret("HmacSHA512", bytes(key, "secret"));
            case RS256 -> forge("SHA256withRSA", "RSA", key);
            case PS256 -> forge("RSASSA-PSS", "RSA", key);
            case ES384 -> forge("SHA384withECDSAinP1363Format", "EC", key);
            case ES256 -> forge("SHA256withECDSAinP1363Format", "EC", key);
            case EDDSA -> forge("Ed25519", "Ed25519", key);
        };
    }

    private static TokenForge forge(String signature, String type, KeyMaterial key) {
        try {
            return TokenForge.withPrivateKey(
                    signature,
                    KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(bytes(key, "private"))));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
