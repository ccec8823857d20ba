package dev.countersign.server.tls;

import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that clients can accept a chain with its key, as far as the server can know. */
final class CertificateChain {

    private static final int LEAST_RSA_BITS = 2048;
    private static final byte[] SAMPLE = "the key belongs to the certificate".getBytes(StandardCharsets.US_ASCII);
    private static final ImmutableMap<String, String> SIGNATURES = ImmutableMap.of(
            "RSA", "SHA256withRSA",
            "EC", "SHA256withECDSA",
            "EdDSA", "EdDSA",
            "Ed25519", "Ed25519",
            "Ed448", "Ed448");

    private CertificateChain() {}

    /**
     * Checks a chain.
     *
     * @param chain the certificates, at least one
     * @param key the private key
     * @param now the time at which they must be valid
     * @throws IllegalArgumentException if they cannot be used; the message says what to do
     */
    static void check(List<X509Certificate> chain, PrivateKey key, Instant now) {
        checkKey(chain, key);
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!isIssuedBy(chain.get(i), chain.get(i + 1))) {
                throw new IllegalArgumentException("certificate " + (i + 2) + " of the file ("
                        + name(chain.get(i + 1)) + ") did not issue certificate " + (i + 1)
                        + ": put the server's own certificate first, and after each one that of its issuer");
            }
        }
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(now)) {
                throw new IllegalArgumentException("the certificate of " + name(certificate) + " expired at " + end);
            }
            Instant begin = certificate.getNotBefore().toInstant();
            if (begin.isAfter(now)) {
                throw new IllegalArgumentException("the certificate of " + name(certificate) + " is not valid before "
                        + begin + ": check this machine's clock");
            }
        }
    }

    private static void checkKey(List<X509Certificate> chain, PrivateKey key) {
        if (SIGNATURES.get(key.getAlgorithm()) == null) {
            throw new IllegalArgumentException(
                    "keys of the kind " + key.getAlgorithm() + " are not used for TLS; use RSA, EC or Ed25519");
        }
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new IllegalArgumentException("the RSA key has "
                    + rsa.getModulus().bitLength() + " bits, and clients ask for " + LEAST_RSA_BITS + " or more");
        }
        if (!belongs(key, chain.get(0).getPublicKey())) {
            boolean isLater = chain.stream().skip(1).anyMatch(other -> belongs(key, other.getPublicKey()));
            throw new IllegalArgumentException(
                    isLater
                            ? "the certificate of the key is not the first one: put the server's own certificate first"
                            : "the key is not that of the certificate for " + name(chain.get(0)));
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey open) {
        try {
            Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    private static String algorithm(String kind) {
        @Nullable String known = SIGNATURES.get(kind);
        return known == null ? kind : known;
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }

    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
