package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration of passwords.
 *
 * @param minimum the minimum length of a password given on the command line or imported in clear, in characters
 * @param blocklist a file with more passwords to refuse
 * @param pepperFile the file with the peppers; empty if hashes are stored without
 */
public record PasswordConfig(int minimum, Optional<Path> blocklist, Optional<Path> pepperFile) {

    /** Rejects null components. */
    public PasswordConfig {
        requireNonNull(blocklist, "blocklist");
        requireNonNull(pepperFile, "pepperFile");
    }
}
