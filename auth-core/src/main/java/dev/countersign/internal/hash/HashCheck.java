package dev.countersign.internal.hash;

/** Verifies passwords against a parsed hash whose cost is within bounds. */
@FunctionalInterface
public interface HashCheck {

    /**
     * Computes the password's hash in every case, and compares it in constant time.
     *
     * @param utf8 the password's bytes, wiped by the caller
     * @return whether the password matches
     */
    boolean matches(byte[] utf8);
}
