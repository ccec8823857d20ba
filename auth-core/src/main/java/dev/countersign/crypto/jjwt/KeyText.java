package dev.countersign.crypto.jjwt;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Keys as JSON text, for a file that only its owner can read. Members: {@code alg}, {@code kid}, {@code created} (RFC 3339), and {@code secret} (the
 * bytes), or {@code private} (PKCS #8) and {@code public} (X.509), or {@code public} alone; bytes in base64url. {@code kid} is optional when reading.
 * Exception messages quote nothing of the text.
 */
public final class KeyText {

    private static final ImmutableSet<String> NAMES =
            ImmutableSet.of("alg", "kid", "created", "secret", "private", "public");
    private static final BaseEncoding BYTES = BaseEncoding.base64Url().omitPadding();

    private KeyText() {}

    /**
     * Reads a key.
     *
     * @param text the whole text
     * @return the key
     * @throws IllegalArgumentException if the text is not such JSON, or the key does not suit its algorithm
     */
    public static KeyMaterial read(String text) {
        JsonObject object = object(text);
        if (!NAMES.containsAll(object.members().keySet())) {
            throw new IllegalArgumentException("a key has no other members than " + String.join(", ", NAMES));
        }
        SigningAlgorithm algorithm = SigningAlgorithm.named(text(object, "alg"))
                .orElseThrow(() -> new IllegalArgumentException("the key's alg is not one that is known here"));
        KeyMaterial key = key(algorithm, object, created(object));
        return object.get("kid").isPresent() ? key.withId(text(object, "kid")) : key;
    }

    /**
     * Writes a key including its secrets.
     *
     * @param key the key
     * @return one line of JSON
     */
    public static String revealForStorage(KeyMaterial key) {
        ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
        members.put("alg", new JsonString(key.algorithm().joseName()));
        members.put("kid", new JsonString(key.id()));
        members.put("created", new JsonString(key.created().toString()));
        if (key.algorithm().isShared()) {
            members.put("secret", bytes(key.revealVerifying().getEncoded()));
        }
        key.revealPrivate().ifPresent(half -> members.put("private", bytes(half.getEncoded())));
        key.publicKey().ifPresent(half -> members.put("public", bytes(half.getEncoded())));
        return JsonText.write(new JsonObject(members.buildOrThrow()));
    }

    private static KeyMaterial key(SigningAlgorithm algorithm, JsonObject object, Instant created) {
        boolean shared = object.get("secret").isPresent();
        boolean pair = object.get("private").isPresent();
        if (shared != algorithm.isShared()
                || (shared && (pair || object.get("public").isPresent()))) {
            throw new IllegalArgumentException(algorithm.joseName() + " takes "
                    + (algorithm.isShared() ? "a secret alone" : "private and public, or public alone"));
        }
        if (shared) {
            return KeyMaterial.ofSecret(algorithm, bytes(object, "secret"), created);
        }
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm.keyType());
            PublicKey half = factory.generatePublic(new X509EncodedKeySpec(bytes(object, "public")));
            return pair
                    ? KeyMaterial.ofKeyPair(
                            algorithm,
                            new KeyPair(
                                    half, factory.generatePrivate(new PKCS8EncodedKeySpec(bytes(object, "private")))),
                            created)
                    : KeyMaterial.ofPublicKey(algorithm, half, created);
        } catch (GeneralSecurityException unreadable) {
            // The cause is dropped: it might quote the key.
            throw new IllegalArgumentException("the key is not an encoded " + algorithm.keyType() + " key");
        }
    }

    private static Instant created(JsonObject object) {
        try {
            return Instant.parse(text(object, "created"));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("created is a time such as 2026-03-01T12:00:00Z");
        }
    }

    private static JsonObject object(String text) {
        try {
            if (JsonText.read(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonSyntaxException notJson) {
            throw new IllegalArgumentException("the key is not JSON", notJson);
        }
        throw new IllegalArgumentException("the key is not a JSON object");
    }

    private static String text(JsonObject object, String name) {
        return object.get(name)
                .flatMap(Json::asString)
                .orElseThrow(() -> new IllegalArgumentException("the key's " + name + " is missing or no string"));
    }

    private static byte[] bytes(JsonObject object, String name) {
        String text = text(object, name);
        if (!BYTES.canDecode(text)) {
            throw new IllegalArgumentException("the key's " + name + " is not base64url without padding");
        }
        return BYTES.decode(text);
    }

    private static Json bytes(byte[] bytes) {
        return new JsonString(BYTES.encode(bytes));
    }
}
