package dev.countersign.crypto.jjwt;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.lang.Supplier;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PrivateJwk;
import io.jsonwebtoken.security.PublicJwk;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;

/** Keys with their secrets as JWKs (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2). Exception messages quote nothing of the key. */
final class JwkText {

    /** The members that RFC 7517 §4 allows for every type of key. */
    static final ImmutableSet<String> COMMON =
            ImmutableSet.of("kty", "use", "key_ops", "alg", "kid", "x5u", "x5c", "x5t", "x5t#S256");

    /** The members that hold the key. */
    static final ImmutableSet<String> PARTS =
            ImmutableSet.of("crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi", "k");

    private static final ImmutableSet<String> FOR_SIGNATURES = ImmutableSet.of("sign", "verify");

    private static final BaseEncoding BYTES = BaseEncoding.base64Url().omitPadding();

    private JwkText() {}

    /** Derives the public half of a private key. */
    static KeyPair pair(PrivateKey key) {
        try {
            return Jwks.builder().key(key).build().toKeyPair().toJavaKeyPair();
        } catch (JwtException | IllegalArgumentException unusable) {
            // The cause is dropped: it might quote the key.
            throw new IllegalArgumentException("the private key is of a kind that signs no tokens");
        }
    }

    /**
     * Reads a key.
     *
     * @param jwk the JWK
     * @param fallback the algorithm of a key that names none; empty to take the usual one of its type
     * @param created when the key was generated
     */
    static KeyMaterial read(JsonObject jwk, Optional<SigningAlgorithm> fallback, Instant created) {
        checkPurpose(jwk);
        KeyMaterial key = withoutId(jwk, fallback, created);
        return jwk.get("kid").isPresent() ? key.withId(text(jwk, "kid")) : key;
    }

    /** Refuses a key that its owner meant for something else (RFC 7517 §4.2, §4.3). */
    private static void checkPurpose(JsonObject jwk) {
        if (jwk.get("use").isPresent() && !text(jwk, "use").equals("sig")) {
            throw new IllegalArgumentException("the key's use is not sig: give the key that signs tokens");
        }
        if (jwk.get("key_ops").isPresent()
                && !(jwk.get("key_ops").get() instanceof JsonArray operations
                        && operations.items().stream()
                                .anyMatch(operation -> FOR_SIGNATURES.contains(
                                        operation.asString().orElse(""))))) {
            throw new IllegalArgumentException(
                    "the key's key_ops has neither sign nor verify: give the key that signs tokens");
        }
    }

    private static KeyMaterial withoutId(JsonObject jwk, Optional<SigningAlgorithm> fallback, Instant created) {
        String type = text(jwk, "kty");
        if (type.equals("oct")) {
            return KeyMaterial.ofSecret(
                    algorithm(jwk).or(() -> fallback).orElse(SigningAlgorithm.HS256), secret(jwk), created);
        }
        Jwk<?> read = parsed(jwk, type);
        if (read instanceof PrivateJwk<?, ?, ?> both) {
            KeyPair pair = both.toKeyPair().toJavaKeyPair();
            return KeyMaterial.ofKeyPair(
                    algorithm(jwk).orElseGet(() -> SigningAlgorithm.of(pair.getPublic(), fallback)), pair, created);
        }
        if (read instanceof PublicJwk<?> half) {
            return KeyMaterial.ofPublicKey(
                    algorithm(jwk).orElseGet(() -> SigningAlgorithm.of(half.toKey(), fallback)), half.toKey(), created);
        }
        throw new IllegalArgumentException("the key's kty is not one that signs tokens");
    }

    /** The bytes of a shared secret. */
    static byte[] secret(JsonObject jwk) {
        String text = text(jwk, "k");
        if (!BYTES.canDecode(text)) {
            throw new IllegalArgumentException("the key's k is not base64url without padding");
        }
        return BYTES.decode(text);
    }

    private static Jwk<?> parsed(JsonObject jwk, String type) {
        ImmutableMap.Builder<String, Object> parts = ImmutableMap.builder();
        parts.put("kty", type);
        PARTS.stream().filter(name -> jwk.get(name).isPresent()).forEach(name -> parts.put(name, text(jwk, name)));
        try {
            return Jwks.builder().add(parts.buildOrThrow()).build();
        } catch (JwtException | IllegalArgumentException invalid) {
            // The cause is dropped: it might quote the key.
            throw new IllegalArgumentException("the key is not a valid JWK of the type that its kty names");
        }
    }

    /** The algorithm that a JWK names. */
    static Optional<SigningAlgorithm> algorithm(JsonObject jwk) {
        return jwk.get("alg").isEmpty()
                ? Optional.empty()
                : Optional.of(SigningAlgorithm.named(text(jwk, "alg"))
                        .orElseThrow(
                                () -> new IllegalArgumentException("the key's alg is not one that is known here")));
    }

    /** Adds the members of a key, with its secrets. */
    static void write(KeyMaterial key, ImmutableMap.Builder<String, Json> members) {
        if (key.algorithm().isShared()) {
            members.put("kty", new JsonString("oct"));
            putCommon(key, members);
            members.put("k", new JsonString(BYTES.encode(key.revealSecret())));
            return;
        }
        Jwk<?> jwk = key.revealPair()
                .<Jwk<?>>map(pair -> Jwks.builder().keyPair(pair).build())
                .orElseGet(
                        () -> Jwks.builder().key(key.publicKey().orElseThrow()).build());
        members.put("kty", new JsonString(jwk.getType()));
        putCommon(key, members);
        for (String name : ImmutableList.copyOf(PARTS)) {
            Object value = jwk.get(name) instanceof Supplier<?> hidden ? hidden.get() : jwk.get(name);
            if (value instanceof String text) {
                members.put(name, new JsonString(text));
            }
        }
    }

    private static void putCommon(KeyMaterial key, ImmutableMap.Builder<String, Json> members) {
        members.put("use", new JsonString("sig"));
        members.put("alg", new JsonString(key.algorithm().joseName()));
        members.put("kid", new JsonString(key.id()));
    }

    /** A member that must be a string. */
    static String text(JsonObject object, String name) {
        return object.get(name)
                .flatMap(Json::asString)
                .orElseThrow(() -> new IllegalArgumentException("the key's " + name + " is missing or no string"));
    }
}
