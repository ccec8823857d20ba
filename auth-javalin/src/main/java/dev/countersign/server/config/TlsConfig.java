package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The files for TLS.
 *
 * @param certificate the certificate chain in PEM, the server's own certificate first
 * @param key the private key of that certificate in PEM
 */
public record TlsConfig(Path certificate, Path key) {

    /** Rejects null components. */
    public TlsConfig {
        requireNonNull(certificate, "certificate");
        requireNonNull(key, "key");
    }
}
