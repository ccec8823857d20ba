package dev.countersign.internal.hash;

/** A hash that was read and whose cost is within bounds. */
@FunctionalInterface
public interface HashCheck {

    /**
     * Computes the password's hash, always, and compares it in constant time.
     *
     * @param utf8 the password's bytes, wiped by the caller
     * @return whether they match
     */
    boolean matches(byte[] utf8);
}
