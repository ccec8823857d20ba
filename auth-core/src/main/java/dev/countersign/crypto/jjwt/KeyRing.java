package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.internal.library.Library;
import dev.countersign.json.JsonObject;
import dev.countersign.secret.Secret;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one kind of token: one algorithm, one key that signs, and any number of keys that only verify (RFC 8725 §3.1). Immutable; each method
 * that adds a key returns a larger ring.
 */
@Secret
public final class KeyRing {

    private final KeyMaterial signing;
    private final ImmutableMap<String, VerifyingKey> named;
    private final ImmutableList<VerifyingKey> unnamed;
    private final ImmutableList<JsonObject> publicKeys;

    private KeyRing(
            KeyMaterial signing,
            ImmutableMap<String, VerifyingKey> named,
            ImmutableList<VerifyingKey> unnamed,
            ImmutableList<JsonObject> publicKeys) {
        this.signing = signing;
        this.named = named;
        this.unnamed = unnamed;
        this.publicKeys = publicKeys;
    }

    /**
     * A ring with one key, which signs and verifies.
     *
     * @param key a key with its secret or private half
     * @return the ring
     * @throws IllegalArgumentException if the key cannot sign
     * @throws IllegalStateException if jjwt is not on the class path, with the lines that add it
     */
    public static KeyRing signingWith(KeyMaterial key) {
        Library.require("KeyRing", Library.JJWT_API, Library.JJWT_IMPL);
        if (!key.canSign()) {
            throw new IllegalArgumentException("a public key cannot sign; give the private one, too");
        }
        return new KeyRing(key, ImmutableMap.of(), ImmutableList.of(), ImmutableList.of()).alsoVerifying(key);
    }

    /**
     * This ring with one more key; it verifies tokens that name its id or no id.
     *
     * @param key a key of the ring's algorithm
     * @return the larger ring
     * @throws IllegalArgumentException if the key has another algorithm, or the id of another key
     */
    public KeyRing alsoVerifying(KeyMaterial key) {
        checkAlgorithm(key);
        if (named.containsKey(key.id())) {
            throw new IllegalArgumentException("two keys have the id " + key.id());
        }
        ImmutableList.Builder<JsonObject> jwks =
                ImmutableList.<JsonObject>builder().addAll(publicKeys);
        key.publicKey().ifPresent(half -> jwks.add(PublicJwk.of(key, half)));
        return new KeyRing(
                signing,
                ImmutableMap.<String, VerifyingKey>builder()
                        .putAll(named)
                        .put(key.id(), VerifyingKey.own(algorithm(), key.revealVerifying()))
                        .buildOrThrow(),
                unnamed,
                jwks.build());
    }

    /**
     * This ring with a key of an old system. It verifies tokens with any key id, except the id of another key. It is not published. Its tokens are
     * valid only for users of that system, see {@link dev.countersign.user.Origin}.
     *
     * @param key a key of the ring's algorithm; its id is not used
     * @param oldSystem the old system's name, as given when its users were imported; {@link dev.countersign.user.Origin#UNNAMED_SYSTEM} for none
     * @return the larger ring
     * @throws IllegalArgumentException if the key has another algorithm, or is one of the ring's own keys
     */
    public KeyRing alsoVerifyingOldSystem(KeyMaterial key, String oldSystem) {
        requireNonNull(oldSystem, "oldSystem");

        checkAlgorithm(key);
        checkNotOwn(key.revealVerifying());
        return withUnnamed(VerifyingKey.ofOldSystem(algorithm(), key.revealVerifying(), requireNonNull(oldSystem)));
    }

    /**
     * DANGER: this ring with a secret of an old system that is shorter than RFC 7518 §3.2 allows, and can perhaps be guessed from a single token. It
     * verifies tokens as {@link #alsoVerifyingOldSystem} does, and never signs. Choose an end within a year.
     *
     * @param secret copied; shorter than the algorithm's hash, not empty, not a repetition of one byte
     * @param oldSystem the old system's name, as given when its users were imported; {@link dev.countersign.user.Origin#UNNAMED_SYSTEM} for none
     * @param end the first instant at which the secret is no longer used
     * @param clock the source of the current time
     * @return the larger ring
     * @throws IllegalArgumentException if the algorithm has no shared secrets, or the secret is long enough or trivial
     */
    public KeyRing acceptingShortSecretUntil(byte[] secret, String oldSystem, Instant end, InstantSource clock) {
        requireNonNull(secret, "secret");
        requireNonNull(oldSystem, "oldSystem");
        requireNonNull(end, "end");
        requireNonNull(clock, "clock");

        if (!algorithm().isShared() || secret.length >= algorithm().secretBytes()) {
            throw new IllegalArgumentException("this is not a short secret for "
                    + algorithm().joseName() + "; give it as a key that verifies without an id");
        }
        SigningAlgorithm.checkNotTrivial(secret);
        // HMAC itself pads a short key with zeros (RFC 2104 §2), so this is the same key.
        byte[] padded = Arrays.copyOf(secret, algorithm().secretBytes());
        Key key = new SecretKeySpec(padded, algorithm().keyType());
        checkNotOwn(key);
        return withUnnamed(VerifyingKey.ofOldSystemUntil(algorithm(), key, requireNonNull(oldSystem), end, clock));
    }

    // With an own key, the system that issued a token would be ambiguous.
    private void checkNotOwn(Key old) {
        if (MessageDigest.isEqual(old.getEncoded(), signing.revealVerifying().getEncoded())) {
            throw new IllegalArgumentException(
                    "the old system's key is also the one that signs here: its tokens could not be distinguished"
                            + " from ours; sign with a key of your own, or leave the old one out");
        }
    }

    private KeyRing withUnnamed(VerifyingKey key) {
        ImmutableList.Builder<VerifyingKey> all = ImmutableList.builder();
        return new KeyRing(signing, named, all.addAll(unnamed).add(key).build(), publicKeys);
    }

    private void checkAlgorithm(KeyMaterial key) {
        if (key.algorithm() != algorithm()) {
            throw new IllegalArgumentException(
                    "the ring's keys are for " + algorithm().joseName() + ", this one is for "
                            + key.algorithm().joseName());
        }
    }

    /** {@return the only algorithm of its keys} */
    public SigningAlgorithm algorithm() {
        return signing.algorithm();
    }

    /** {@return the signing key's id} */
    public String signingKeyId() {
        return signing.id();
    }

    /** {@return the public keys as JWKs, the signing key first; none for shared secrets} */
    public List<JsonObject> publicKeys() {
        return publicKeys;
    }

    /**
     * Derives another secret from the signing key. It is the same after a restart and on every node with that signing key.
     *
     * @param purpose the purpose; another purpose gives another secret
     * @return 32 bytes, which reveal nothing about the key
     */
    public byte[] deriveSecret(String purpose) {
        requireNonNull(purpose, "purpose");

        return signing.derived("countersign " + purpose);
    }

    Key revealSigning() {
        return signing.revealSigning().orElseThrow();
    }

    /** The keys to try; a token's key id is used only to select one of them (RFC 8725 §3.10). */
    ImmutableList<VerifyingKey> candidates(@Nullable String keyId) {
        if (keyId == null) {
            return ImmutableList.<VerifyingKey>builder()
                    .addAll(named.values())
                    .addAll(unnamed)
                    .build();
        }
        VerifyingKey known = named.get(keyId);
        return known == null ? unnamed : ImmutableList.of(known);
    }

    @Override
    public String toString() {
        return "KeyRing[" + algorithm().joseName() + ", hidden]";
    }
}
