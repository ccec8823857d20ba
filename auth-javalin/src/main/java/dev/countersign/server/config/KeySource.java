package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a key comes from; never the key itself, which has no place in a configuration file.
 *
 * @param file the path of a file; empty if there is a variable
 * @param variable the name of an environment variable; empty if there is a file
 * @param encoding how the key is written
 * @param shortUntil until when a secret shorter than the algorithm asks for verifies tokens; empty for not at all
 * @param system the name of the old system whose key it is, as {@code user import --system} gave it; empty for none
 */
public record KeySource(String file, String variable, Encoding encoding, Optional<Instant> shortUntil, String system) {

    /** The keys in a configuration file for a key that signs. */
    static final ImmutableList<String> KEYS = ImmutableList.of("file", "variable", "encoding");

    /** The keys in a configuration file for the key of an old system. */
    static final ImmutableList<String> OLD_KEYS =
            ImmutableList.of("file", "variable", "encoding", "accept_short_secret_until", "system");

    /** Refuses what is missing. */
    public KeySource {
        requireNonNull(file, "file");
        requireNonNull(variable, "variable");
        requireNonNull(encoding, "encoding");
        requireNonNull(shortUntil, "shortUntil");
        requireNonNull(system, "system");
    }

    /** How a key is written. */
    public enum Encoding {
        /** The characters are the secret, in UTF-8; line ends at the end are not. */
        TEXT,
        /** Base64, of either alphabet. */
        BASE64,
        /** Hexadecimal digits. */
        HEX,
        /** The JSON of a key file that Countersign wrote. */
        JSON
    }
}
