package dev.countersign.internal.hash;

import java.util.Optional;

/** A text format of password hashes. Parsing computes no hash. Thread-safe. */
@FunctionalInterface
public interface HashFormat {

    /**
     * Parses a stored form.
     *
     * @param stored the text as the other system stores it
     * @return the result, or empty if the text is of another format
     */
    Optional<Reading> read(String stored);
}
