package dev.countersign.jdbi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A script of the schema, and whether it was run.
 *
 * @param version its number, from 1
 * @param file the file's name, such as {@code V1__users.sql}
 * @param appliedAt when it was run, by whatever tool; empty if it was not run yet
 */
public record SchemaScript(int version, String file, Optional<Instant> appliedAt) {

    /** Refuses what is missing. */
    public SchemaScript {
        requireNonNull(file, "file");
        requireNonNull(appliedAt, "appliedAt");
    }
}
