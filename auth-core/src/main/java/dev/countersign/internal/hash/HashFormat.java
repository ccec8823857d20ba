package dev.countersign.internal.hash;

import java.util.Optional;

/** One way in which some system writes down a password's hash. Reading costs no hash. Thread-safe. */
@FunctionalInterface
public interface HashFormat {

    /**
     * Reads a stored form.
     *
     * @param stored the text as the other system has it
     * @return what it says, or empty if it is of some other format
     */
    Optional<Reading> read(String stored);
}
