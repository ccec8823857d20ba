package dev.countersign.internal.pem;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys in PEM (RFC 7468): PKCS #8, PKCS #1 and SEC 1 private keys, SPKI and PKCS #1 public keys, certificates and their keys. Exception
 * messages quote nothing of the text.
 */
public final class PemKeys {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final ImmutableSet<String> TYPES = ImmutableSet.of(
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "PUBLIC KEY",
            "RSA PUBLIC KEY",
            CERTIFICATE,
            "EC PARAMETERS");

    private PemKeys() {}

    /**
     * Reads the key of a PEM text.
     *
     * @param text a whole file
     * @return its private key, or its public key if it has no private one
     * @throws IllegalArgumentException if there is not exactly one, or it is encrypted or unreadable; the message says what to do
     */
    public static Key read(String text) {
        requireNonNull(text, "text");

        ImmutableList<Key> all = all(text);
        ImmutableList<Key> secret =
                all.stream().filter(key -> !(key instanceof PublicKey)).collect(ImmutableList.toImmutableList());
        ImmutableList<Key> chosen = secret.isEmpty() ? all : secret;
        if (chosen.size() != 1) {
            throw new IllegalArgumentException(
                    chosen.isEmpty()
                            ? "the PEM text has no key"
                            : "the PEM text has several keys: keep only the one that signs");
        }
        return chosen.get(0);
    }

    /**
     * Reads the certificates of a PEM text.
     *
     * @param text a whole file
     * @return the certificates in the order of the text, at least one
     * @throws IllegalArgumentException if there is none, or something else; the message says what to do
     */
    public static ImmutableList<X509Certificate> certificates(String text) {
        requireNonNull(text, "text");

        ImmutableList.Builder<X509Certificate> chain = ImmutableList.builder();
        for (PemObject block : blocks(text)) {
            if (block.getType().endsWith("PRIVATE KEY")) {
                throw new IllegalArgumentException(
                        "the file has a private key too: keep the key in a file of its own that only its owner can read");
            }
            if (!block.getType().equals(CERTIFICATE)) {
                throw new IllegalArgumentException(
                        "the file has a PEM block that is no certificate: leave only certificates in it");
            }
            try {
                chain.add(certificate(block));
            } catch (GeneralSecurityException damaged) {
                throw new IllegalArgumentException("a certificate in it is damaged", damaged);
            }
        }
        ImmutableList<X509Certificate> all = chain.build();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("the file has no certificate in PEM, which begins with five hyphens");
        }
        return all;
    }

    private static X509Certificate certificate(PemObject block) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(block.getContent()));
    }

    private static ImmutableList<Key> all(String text) {
        ImmutableList.Builder<Key> keys = ImmutableList.builder();
        for (PemObject block : blocks(text)) {
            refuseOthers(block);
            try {
                Key key = key(block);
                if (key != null) {
                    keys.add(key);
                }
            } catch (IOException | GeneralSecurityException | RuntimeException broken) {
                // The cause is dropped: it might quote the key.
                throw damaged();
            }
        }
        return keys.build();
    }

    private static ImmutableList<PemObject> blocks(String text) {
        ImmutableList.Builder<PemObject> blocks = ImmutableList.builder();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
            return blocks.build();
        } catch (IOException | RuntimeException broken) {
            throw damaged();
        }
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the PEM text is damaged, or its key is of an unsupported kind");
    }

    private static void refuseOthers(PemObject block) {
        if (!block.getHeaders().isEmpty() || block.getType().equals("ENCRYPTED PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "the PEM key is encrypted: decrypt it with openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN,"
                            + " and delete the plain file afterwards");
        }
        if (!TYPES.contains(block.getType())) {
            throw new IllegalArgumentException(
                    "the PEM text has a block that is no key: a private key, a public key or a certificate is read");
        }
    }

    private static @Nullable Key key(PemObject block) throws IOException, GeneralSecurityException {
        byte[] der = block.getContent();
        return switch (block.getType()) {
            case "PRIVATE KEY" -> secret(PrivateKeyInfo.getInstance(der));
            case "RSA PRIVATE KEY" -> secret(new PrivateKeyInfo(rsa(), RSAPrivateKey.getInstance(der)));
            case "EC PRIVATE KEY" -> secret(elliptic(ECPrivateKey.getInstance(der)));
            case "PUBLIC KEY" -> open(SubjectPublicKeyInfo.getInstance(der));
            case "RSA PUBLIC KEY" -> open(new SubjectPublicKeyInfo(rsa(), RSAPublicKey.getInstance(der)));
            case CERTIFICATE -> certificate(block).getPublicKey();
            // openssl writes the curve's name in a block of its own before an EC key.
            default -> null;
        };
    }

    private static AlgorithmIdentifier rsa() {
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    }

    private static PrivateKeyInfo elliptic(ECPrivateKey key) throws IOException {
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
    }

    private static Key secret(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        return factory(info.getPrivateKeyAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static Key open(SubjectPublicKeyInfo info) throws IOException, GeneralSecurityException {
        return factory(info.getAlgorithm()).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    // The JDK knows the other kinds by their object identifier.
    private static KeyFactory factory(AlgorithmIdentifier kind) throws GeneralSecurityException {
        return KeyFactory.getInstance(
                kind.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                        ? "EC"
                        : kind.getAlgorithm().getId());
    }
}
