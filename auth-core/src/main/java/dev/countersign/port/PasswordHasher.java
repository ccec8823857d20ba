package dev.countersign.port;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;

/**
 * Hashes passwords slowly. Thread-safe; every method but {@link #outdated} and {@link #decoy} costs one hash. The behaviour is pinned down by
 * {@code PasswordHasherContract} in the testkit.
 */
public interface PasswordHasher {

    /**
     * Hashes a new password with a fresh salt.
     *
     * @param password well-formed and at most {@link #longestBytes} long
     * @return the hash
     * @throws IllegalArgumentException if the password is malformed or longer
     */
    PasswordHash hash(RawPassword password);

    /**
     * Checks a password. Costs one hash of the stored hash's cost whatever the password is; malformed and overlong passwords match nothing. A stored
     * hash that cannot be verified (unknown format, cost above the cap) matches nothing, at the cost of the decoy.
     *
     * @param password anything
     * @param stored the stored form
     * @return whether they match
     */
    boolean verify(RawPassword password, PasswordHash stored);

    /**
     * Tells whether a stored hash has other parameters than new ones get.
     *
     * @param stored the stored form
     * @return whether it should be replaced after the next match
     */
    boolean outdated(PasswordHash stored);

    /** {@return a hash with the cost of new ones that no password matches, verified in the place of an unknown user's} */
    PasswordHash decoy();

    /** {@return the most bytes of UTF-8 a password may have} */
    int longestBytes();
}
