package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * The place of a key. The key itself is never in a configuration file.
 *
 * @param file the path of a file; empty if {@code variable} is set
 * @param variable the name of an environment variable; empty if {@code file} is set
 * @param encoding the encoding of the key
 * @param shortUntil the end of the time in which a secret shorter than the algorithm's minimum verifies tokens; empty to refuse one
 * @param system the name of the old system that used the key, as in {@code user import --system}; empty for none
 */
public record KeySource(String file, String variable, Encoding encoding, Optional<Instant> shortUntil, String system) {

    /** The YAML keys of a signing key. */
    static final ImmutableList<String> KEYS = ImmutableList.of("file", "variable", "encoding");

    /** The YAML keys of an old system's key. */
    static final ImmutableList<String> OLD_KEYS =
            ImmutableList.of("file", "variable", "encoding", "accept_short_secret_until", "system");

    /** Rejects null components. */
    public KeySource {
        requireNonNull(file, "file");
        requireNonNull(variable, "variable");
        requireNonNull(encoding, "encoding");
        requireNonNull(shortUntil, "shortUntil");
        requireNonNull(system, "system");
    }

    /** The encoding of a key. */
    public enum Encoding {
        /** The text in UTF-8 is the secret, without trailing line breaks. */
        TEXT,
        /** Base64 in the standard or the URL-safe alphabet. */
        BASE64,
        /** Hexadecimal digits. */
        HEX,
        /** A JWK Set, a JWK, or the JSON of a key file that an earlier release wrote. */
        JSON,
        /** A private key in PEM; for an old system also a public key or a certificate. */
        PEM
    }
}
