package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.library.Library;
import dev.countersign.internal.pem.PemKeys;
import dev.countersign.json.JsonObject;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/** Reads keys of other systems: PEM, a JWK, a JWK Set, or the text that {@link KeyText} writes. Exception messages quote nothing of the text. */
public final class KeyInput {

    private static final String PEM = "-----BEGIN ";

    private KeyInput() {}

    /**
     * Reads the keys of a text in PEM or JSON.
     *
     * @param text a whole file
     * @param preferred the algorithm of a key that names none, if it suits it; empty for the usual one of its type
     * @param now when the keys were generated, if the text does not say
     * @return the keys, at least one; several only from a JWK Set
     * @throws IllegalArgumentException if the text has no key, or one that cannot be read or used; the message says what to do
     */
    public static ImmutableList<KeyMaterial> read(String text, Optional<SigningAlgorithm> preferred, Instant now) {
        requireNonNull(text, "text");
        requireNonNull(preferred, "preferred");
        requireNonNull(now, "now");

        Library.require("KeyInput", Library.JJWT_API, Library.JJWT_IMPL);
        if (text.contains(PEM)) {
            Library.require("KeyInput for PEM", Library.BOUNCY_CASTLE);
            return ImmutableList.of(pem(PemKeys.read(text), preferred, now));
        }
        JsonObject object = KeySetText.object(text);
        if (object.get("kty").isPresent()) {
            return ImmutableList.of(jwk(object, preferred, now));
        }
        if (object.get("keys").isEmpty()) {
            return ImmutableList.of(KeyText.read(text));
        }
        ImmutableList<KeyMaterial> keys = KeySetText.members(object).stream()
                .filter(KeyInput::isForSignatures)
                .map(key -> jwk(key, preferred, now))
                .collect(ImmutableList.toImmutableList());
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the set has no key for signatures");
        }
        return keys;
    }

    /**
     * Checks a text that is taken for a shared secret only because it looks like nothing else: refuses what may be a key in another form, such as an
     * SSH key, DER in base64, a part of PEM, or JSON.
     *
     * @param text a whole file
     * @throws IllegalArgumentException if it looks like a key; the message says like which, and what to give
     */
    public static void checkSecret(String text) {
        requireNonNull(text, "text");

        SecretForm.refuseKeys(text);
    }

    private static boolean isForSignatures(JsonObject jwk) {
        return jwk.get("use").isEmpty() || JwkText.text(jwk, "use").equals("sig");
    }

    private static KeyMaterial jwk(JsonObject jwk, Optional<SigningAlgorithm> preferred, Instant now) {
        return JwkText.read(jwk, preferred, now);
    }

    private static KeyMaterial pem(Key key, Optional<SigningAlgorithm> preferred, Instant now) {
        if (key instanceof PrivateKey half) {
            PublicKey other = JwkText.pair(half).getPublic();
            return KeyMaterial.ofPrivateKey(SigningAlgorithm.of(other, preferred), half, now);
        }
        PublicKey half = (PublicKey) key;
        return KeyMaterial.ofPublicKey(SigningAlgorithm.of(half, preferred), half, now);
    }
}
