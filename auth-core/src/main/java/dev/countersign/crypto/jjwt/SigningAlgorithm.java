package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.Bytes;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The algorithms that sign tokens (RFC 7518 §3.1, RFC 8037 §3.1). {@code none} is not one of them. */
public enum SigningAlgorithm {
    /** HMAC with SHA-256: one shared secret of at least 32 bytes. */
    HS256("HS256", "HmacSHA256", 32),
    /** HMAC with SHA-384: one shared secret of at least 48 bytes. */
    HS384("HS384", "HmacSHA384", 48),
    /** HMAC with SHA-512: one shared secret of at least 64 bytes. */
    HS512("HS512", "HmacSHA512", 64),
    /** RSASSA-PKCS1-v1_5 with SHA-256: keys of at least 2048 bits. */
    RS256("RS256", "RSA", 0),
    /** RSASSA-PSS with SHA-256: keys of at least 2048 bits. */
    PS256("PS256", "RSA", 0),
    /** ECDSA with P-256 and SHA-256. */
    ES256("ES256", "EC", 0),
    /** ECDSA with P-384 and SHA-384. */
    ES384("ES384", "EC", 0),
    /** EdDSA with Ed25519. */
    EDDSA("EdDSA", "Ed25519", 0);

    /** The shortest RSA modulus, in bits (RFC 7518 §3.3). */
    public static final int SHORTEST_RSA = 2048;

    private static final int NEW_RSA = 3072;
    private static final int LARGEST_USUAL_RSA = 4096;

    private final String joseName;
    private final String keyType;
    private final int secretBytes;

    SigningAlgorithm(String joseName, String keyType, int secretBytes) {
        this.joseName = joseName;
        this.keyType = keyType;
        this.secretBytes = secretBytes;
    }

    /**
     * Finds an algorithm by its name in a JOSE header.
     *
     * @param joseName the name, spelled exactly as registered
     * @return the algorithm, or empty if it is not supported
     */
    public static Optional<SigningAlgorithm> named(String joseName) {
        requireNonNull(joseName, "joseName");

        return Arrays.stream(values())
                .filter(algorithm -> algorithm.joseName.equals(joseName))
                .findFirst();
    }

    /**
     * Finds the algorithm of a public key that names none.
     *
     * @param key the key
     * @param preferred taken if the key suits it; empty for none
     * @return the preferred algorithm, or else the usual one for such a key: RS256 for RSA
     * @throws IllegalArgumentException if the key suits no algorithm
     */
    public static SigningAlgorithm of(PublicKey key, Optional<SigningAlgorithm> preferred) {
        requireNonNull(key, "key");
        requireNonNull(preferred, "preferred");

        return Stream.concat(preferred.stream(), Arrays.stream(values()))
                .filter(algorithm -> algorithm.suits(key))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the key suits no supported algorithm: it must be RSA of at least "
                                + SHORTEST_RSA + " bits, EC on the curve P-256 or P-384, or Ed25519"));
    }

    /** {@return the name in a JOSE header} */
    public String joseName() {
        return joseName;
    }

    /** {@return whether one key both signs and verifies} */
    public boolean isShared() {
        return secretBytes > 0;
    }

    /** {@return the fewest bytes of a shared secret: as many as the hash has (RFC 7518 §3.2); 0 for key pairs} */
    public int secretBytes() {
        return secretBytes;
    }

    /** {@return the most bytes of a signature, for the largest usual key} */
    public int signatureBytes() {
        return switch (this) {
            case HS256, HS384, HS512 -> secretBytes;
            case RS256, PS256 -> LARGEST_USUAL_RSA / Byte.SIZE;
            case ES256, EDDSA -> 64;
            case ES384 -> 96;
        };
    }

    String keyType() {
        return keyType;
    }

    KeyPair generatePair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
        generator.initialize(
                switch (this) {
                    case RS256, PS256 -> new RSAKeyGenParameterSpec(NEW_RSA, RSAKeyGenParameterSpec.F4);
                    case ES256 -> new ECGenParameterSpec(Curves.P_256);
                    case ES384 -> new ECGenParameterSpec(Curves.P_384);
                    case EDDSA -> NamedParameterSpec.ED25519;
                    case HS256, HS384, HS512 -> throw new IllegalStateException(joseName + " has no key pairs");
                },
                random);
        return generator.generateKeyPair();
    }

    // Safe, because keys are checked when they are created; jjwt's generic signature cannot express their types.
    @SuppressWarnings("unchecked")
    SecureDigestAlgorithm<Key, ?> jjwt() {
        return (SecureDigestAlgorithm<Key, ?>) Jwts.SIG.get().forKey(joseName);
    }

    void checkSecret(byte[] secret) {
        if (!isShared()) {
            throw new IllegalArgumentException(joseName + " signs with a key pair, not with a shared secret");
        }
        checkNotEmpty(secret);
        SecretForm.refusePublic(secret);
        if (secret.length < secretBytes) {
            throw new IllegalArgumentException(
                    joseName + " needs a secret of at least " + secretBytes + " bytes, this has " + secret.length
                            + "; generate one, or accept the short one for verification only and until a date");
        }
        checkNotTrivial(secret);
    }

    static void checkNotTrivial(byte[] secret) {
        checkNotEmpty(secret);
        if (Bytes.asList(secret).stream().distinct().count() == 1) {
            throw new IllegalArgumentException("the secret is one byte repeated; generate one from randomness");
        }
    }

    private static void checkNotEmpty(byte[] secret) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("the secret is empty");
        }
    }

    private boolean suits(PublicKey key) {
        return switch (this) {
            case RS256, PS256 ->
                key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA;
            case ES256 -> key instanceof ECPublicKey ec && Curves.isOn(Curves.P_256, ec);
            case ES384 -> key instanceof ECPublicKey ec && Curves.isOn(Curves.P_384, ec);
            case EDDSA ->
                key instanceof EdECPublicKey ed
                        && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            case HS256, HS384, HS512 -> false;
        };
    }

    void checkPublic(PublicKey key) {
        if (!suits(key)) {
            throw new IllegalArgumentException(joseName + " cannot be verified with this public key; it needs "
                    + switch (this) {
                        case RS256, PS256 -> "RSA of at least " + SHORTEST_RSA + " bits";
                        case ES256 -> "EC on the curve P-256";
                        case ES384 -> "EC on the curve P-384";
                        case EDDSA -> "Ed25519";
                        case HS256, HS384, HS512 -> "a shared secret";
                    });
        }
    }
}
