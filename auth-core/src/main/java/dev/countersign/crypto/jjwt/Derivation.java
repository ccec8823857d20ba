package dev.countersign.crypto.jjwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives secrets from secrets; a derived one reveals nothing of the other. */
final class Derivation {

    private Derivation() {}

    /** Derives a secret from a signing key. */
    static byte[] from(Key signing, String purpose) {
        byte[] secret = secret(signing);
        try {
            return from(secret, purpose);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Derives a secret from another one. */
    static byte[] from(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
        }
    }

    /** The secret number itself, because a JDK may change how it encodes a private key. */
    private static byte[] secret(Key signing) {
        if (signing instanceof ECPrivateKey elliptic) {
            return elliptic.getS().toByteArray();
        }
        if (signing instanceof RSAPrivateKey rsa) {
            return rsa.getPrivateExponent().toByteArray();
        }
        if (signing instanceof EdECPrivateKey edwards) {
            return edwards.getBytes().orElseThrow();
        }
        return signing.getEncoded();
    }
}
