package dev.countersign.server.tls;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.countersign.internal.pem.PemKeys;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.config.TlsConfig;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The certificate chain and its private key.
 *
 * @param chain the certificates, the server's own first
 * @param key the key of the first one
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

    /** Copies the list. */
    TlsIdentity {
        chain = List.copyOf(chain);
    }

    /** Reads both files, and checks that they are valid now and belong together. */
    static TlsIdentity read(TlsConfig files, Instant now) throws ConfigException {
        PrivateKey key = key(files.key());
        ImmutableList<X509Certificate> chain = chain(files.certificate());
        try {
            CertificateChain.check(chain, key, now);
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("the TLS certificate " + files.certificate() + " cannot be used with the key "
                    + files.key() + ": " + unusable.getMessage());
        }
        return new TlsIdentity(chain, key);
    }

    private static PrivateKey key(Path file) throws ConfigException {
        try {
            KeyAccess.check(file);
            Key key = PemKeys.read(TextFile.read(file));
            if (key instanceof PrivateKey secret) {
                return secret;
            }
            throw new ConfigException(
                    "the file " + file + " with the TLS key has no private key: is it the certificate?");
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "the file " + file + " with the TLS key cannot be read: " + FileTrouble.of(unreadable));
        } catch (IllegalArgumentException noKey) {
            throw new ConfigException("the file " + file + " with the TLS key cannot be used: " + noKey.getMessage());
        }
    }

    private static ImmutableList<X509Certificate> chain(Path file) throws ConfigException {
        try {
            return PemKeys.certificates(TextFile.read(file));
        } catch (IOException unreadable) {
            throw new ConfigException("the TLS certificate " + file + " cannot be read: " + FileTrouble.of(unreadable));
        } catch (IllegalArgumentException noChain) {
            throw new ConfigException("the TLS certificate " + file + " cannot be used: " + noChain.getMessage());
        }
    }

    /** A text that differs whenever the content of a file has changed, also behind a link. */
    static String state(TlsConfig files) throws ConfigException {
        return digest(files.certificate()) + " " + digest(files.key());
    }

    private static HashCode digest(Path file) throws ConfigException {
        try {
            return Hashing.sha256().hashBytes(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new ConfigException("the file " + file + " for TLS cannot be read: " + FileTrouble.of(unreadable));
        }
    }

    X509Certificate own() {
        return chain.get(0);
    }

    Instant end() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
