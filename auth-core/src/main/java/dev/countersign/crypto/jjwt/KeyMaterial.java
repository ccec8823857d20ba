package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import dev.countersign.internal.library.Library;
import dev.countersign.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key, or the public half of a key pair, with its algorithm, id and age. Checked at construction; immutable. */
@Secret
public final class KeyMaterial {

    /** The longest id, in characters. */
    public static final int LONGEST_ID = 128;

    private final SigningAlgorithm algorithm;
    private final String id;
    private final Instant created;
    private final @Nullable Key signing;
    private final Key verifying;

    private KeyMaterial(SigningAlgorithm algorithm, String id, Instant created, @Nullable Key signing, Key verifying) {
        this.algorithm = algorithm;
        this.id = id;
        this.created = created;
        this.signing = signing;
        this.verifying = verifying;
    }

    /**
     * Generates a new key.
     *
     * @param algorithm the algorithm of the key
     * @param created the current time
     * @param random the source of the key
     * @return the key
     */
    public static KeyMaterial generate(SigningAlgorithm algorithm, Instant created, SecureRandom random) {
        requireNonNull(created, "created");

        if (algorithm.isShared()) {
            byte[] secret = new byte[algorithm.secretBytes()];
            random.nextBytes(secret);
            return ofSecret(algorithm, secret, created);
        }
        try {
            return ofKeyPair(algorithm, algorithm.generatePair(random), created);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot make keys for " + algorithm.joseName(), missing);
        }
    }

    /**
     * Creates a key from a shared secret.
     *
     * @param algorithm an algorithm with shared secrets
     * @param secret copied; at least {@link SigningAlgorithm#secretBytes} random bytes
     * @param created when the secret was generated
     * @return the key, with an id that reveals nothing about the secret
     * @throws IllegalArgumentException if the secret is too short, a repetition of one byte, or a public key or certificate, which everybody knows
     */
    public static KeyMaterial ofSecret(SigningAlgorithm algorithm, byte[] secret, Instant created) {
        requireNonNull(created, "created");

        algorithm.checkSecret(secret);
        SecretKey key = new SecretKeySpec(secret, algorithm.keyType());
        try {
            return new KeyMaterial(algorithm, KeyIds.of(key), created, key, key);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot sign with " + algorithm.joseName(), missing);
        }
    }

    /**
     * DANGER: creates a key from a secret of another system that is shorter than RFC 7518 §3.2 allows, and can perhaps be guessed from a single
     * token. It never signs; a {@link RingKey} takes it only with an old system and an end.
     *
     * @param algorithm an algorithm with shared secrets
     * @param secret copied; shorter than {@link SigningAlgorithm#secretBytes}, not empty, not a repetition of one byte
     * @param created when the secret was generated, or became known here
     * @return the key, only for verifying tokens
     * @throws IllegalArgumentException if the algorithm has no shared secrets, or the secret is long enough or trivial
     */
    public static KeyMaterial ofShortLegacySecret(SigningAlgorithm algorithm, byte[] secret, Instant created) {
        requireNonNull(secret, "secret");
        requireNonNull(created, "created");

        if (!algorithm.isShared() || secret.length >= algorithm.secretBytes()) {
            throw new IllegalArgumentException("this is not a short secret for " + algorithm.joseName()
                    + "; give it as a key that verifies without an id");
        }
        SecretForm.refusePublic(secret);
        SigningAlgorithm.checkNotTrivial(withoutPadding(secret));
        // HMAC itself pads a short key with zeros (RFC 2104 §2), so this is the same key.
        byte[] padded = Arrays.copyOf(secret, algorithm.secretBytes());
        KeyMaterial whole = ofSecret(algorithm, padded, created);
        return new KeyMaterial(algorithm, whole.id, created, null, whole.verifying);
    }

    /**
     * Creates a key from a private key.
     *
     * @param algorithm an algorithm with key pairs
     * @param key the private half; the public one is derived from it
     * @param created when the key was generated
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the key does not suit the algorithm
     */
    public static KeyMaterial ofPrivateKey(SigningAlgorithm algorithm, PrivateKey key, Instant created) {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(key, "key");
        requireNonNull(created, "created");

        Library.require("KeyMaterial", Library.JJWT_API, Library.JJWT_IMPL);
        return ofKeyPair(algorithm, JwkText.pair(key), created);
    }

    /**
     * Creates a key from a key pair.
     *
     * @param algorithm an algorithm with key pairs
     * @param pair both halves
     * @param created when the pair was generated
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the keys do not suit the algorithm, or do not belong together
     */
    public static KeyMaterial ofKeyPair(SigningAlgorithm algorithm, KeyPair pair, Instant created) {
        requireNonNull(created, "created");

        KeyMaterial half = ofPublicKey(algorithm, pair.getPublic(), created);
        if (!PairCheck.matches(algorithm, pair)) {
            throw new IllegalArgumentException("the private key does not belong to the public one");
        }
        return new KeyMaterial(algorithm, half.id, created, pair.getPrivate(), pair.getPublic());
    }

    /**
     * Creates a key from the public half of another system's key, only for verifying tokens.
     *
     * @param algorithm an algorithm with key pairs
     * @param key the public key
     * @param created when the key was generated
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the key does not suit the algorithm
     * @throws IllegalStateException if jjwt is not on the class path, with the lines that add it
     */
    public static KeyMaterial ofPublicKey(SigningAlgorithm algorithm, PublicKey key, Instant created) {
        requireNonNull(key, "key");
        requireNonNull(created, "created");

        Library.require("KeyMaterial", Library.JJWT_API, Library.JJWT_IMPL);
        algorithm.checkPublic(key);
        return new KeyMaterial(algorithm, KeyIds.of(key), created, null, key);
    }

    /**
     * The same key with another id, such as the id in an old system.
     *
     * @param other 1 to {@value #LONGEST_ID} printable ASCII characters
     * @return the renamed copy
     * @throws IllegalArgumentException if the id is anything else
     */
    public KeyMaterial withId(String other) {
        if (!other.matches("[!-~]{1," + LONGEST_ID + "}")) {
            throw new IllegalArgumentException("a key id is 1 to " + LONGEST_ID + " printable ASCII characters");
        }
        return new KeyMaterial(algorithm, other, created, signing, verifying);
    }

    /** {@return the only algorithm that the key is used with} */
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** {@return the id, for a header's {@code kid}; reveals nothing about a secret} */
    public String id() {
        return id;
    }

    /** {@return when the key was made} */
    public Instant created() {
        return created;
    }

    /** {@return whether the key can sign tokens; otherwise it is a public half} */
    public boolean canSign() {
        return signing != null;
    }

    /** Whether it is a secret too short to sign. */
    boolean isShortSecret() {
        return signing == null && algorithm.isShared();
    }

    /** Whether both are the same key, whatever their ids. */
    boolean isSameKey(KeyMaterial other) {
        return MessageDigest.isEqual(verifying.getEncoded(), other.verifying.getEncoded());
    }

    /** A secret derived from this key: equal on every machine with the key, and revealing nothing about the key. */
    byte[] derived(String purpose) {
        return Derivation.from(requireNonNull(signing), purpose);
    }

    /** The bytes of a shared secret, as short as they were given. */
    byte[] revealSecret() {
        byte[] secret = verifying.getEncoded();
        return isShortSecret() ? withoutPadding(secret) : secret;
    }

    private static byte[] withoutPadding(byte[] secret) {
        int length = secret.length;
        while (length > 0 && secret[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(secret, length);
    }

    Optional<Key> revealSigning() {
        return Optional.ofNullable(signing);
    }

    Key revealVerifying() {
        return verifying;
    }

    /** Both halves of a key pair; empty if there is only one. */
    Optional<KeyPair> revealPair() {
        return signing instanceof PrivateKey half
                ? Optional.of(new KeyPair((PublicKey) verifying, half))
                : Optional.empty();
    }

    Optional<PrivateKey> revealPrivate() {
        return signing instanceof PrivateKey key ? Optional.of(key) : Optional.empty();
    }

    Optional<PublicKey> publicKey() {
        return verifying instanceof PublicKey key ? Optional.of(key) : Optional.empty();
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + algorithm.joseName() + ", hidden]";
    }
}
