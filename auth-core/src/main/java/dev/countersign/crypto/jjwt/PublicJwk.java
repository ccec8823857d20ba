package dev.countersign.crypto.jjwt;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.security.PublicKey;

/** Public keys as JWKs (RFC 7517 §4). */
final class PublicJwk {

    private static final ImmutableList<String> COORDINATES = ImmutableList.of("crv", "x", "y", "n", "e");

    private PublicJwk() {}

    /** Copies the public members by name, so that a private one cannot slip in. */
    static JsonObject of(KeyMaterial material, PublicKey key) {
        Jwk<?> jwk = Jwks.builder().key(key).build();
        ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
        members.put("kty", new JsonString(jwk.getType()));
        members.put("use", new JsonString("sig"));
        members.put("alg", new JsonString(material.algorithm().joseName()));
        members.put("kid", new JsonString(material.id()));
        for (String name : COORDINATES) {
            if (jwk.get(name) instanceof String value) {
                members.put(name, new JsonString(value));
            }
        }
        return new JsonObject(members.buildOrThrow());
    }
}
