package dev.countersign.port;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import java.util.List;

/**
 * Hashes passwords slowly. Thread-safe; {@link #hash} and {@link #verify} cost one hash, the other methods none.
 * {@code PasswordHasherContract} in the testkit specifies the behaviour.
 */
public interface PasswordHasher {

    /**
     * Hashes a new password with a fresh salt.
     *
     * @param password well-formed and at most {@link #longestBytes} long
     * @return the hash
     * @throws IllegalArgumentException if the password is malformed or longer
     * @throws IllegalStateException if the password is closed
     */
    PasswordHash hash(RawPassword password);

    /**
     * Checks a password. Costs one hash at the stored hash's cost, for every password. A malformed password matches nothing, and an overlong one
     * matches none of the hashes that {@link #hash} makes. A stored hash that cannot be verified (unknown format, cost above the limit) matches
     * nothing, at the cost of the decoy.
     *
     * @param password any password
     * @param stored the stored form
     * @return whether they match
     * @throws IllegalStateException if the password is closed
     */
    boolean verify(RawPassword password, PasswordHash stored);

    /**
     * A password and the stored form that it is compared with.
     *
     * @param password any password
     * @param stored the stored form
     */
    record Check(RawPassword password, PasswordHash stored) {

        /** Rejects null components. */
        public Check {
            requireNonNull(password, "password");
            requireNonNull(stored, "stored");
        }
    }

    /**
     * How many verifications one thread computes in less time together than one after the other. It may change while the process warms up.
     *
     * @return the most checks that {@link #verifyAll} is given; 1 unless the hasher has a faster way
     */
    default int atOnce() {
        return 1;
    }

    /**
     * Checks several passwords at once.
     *
     * @param checks 1 to the highest {@link #atOnce} that was returned
     * @return for each check, in their order, what {@link #verify} returns
     * @throws IllegalStateException if a password is closed
     */
    default List<Boolean> verifyAll(List<Check> checks) {
        requireNonNull(checks, "checks");

        return checks.stream()
                .map(check -> verify(check.password(), check.stored()))
                .toList();
    }

    /**
     * The memory that a verification occupies while it runs, for algorithms that need much on purpose.
     *
     * @param stored the stored form, or a decoy
     * @return bytes of the heap; 0 for an algorithm that needs only a few kilobytes
     */
    default long memoryBytes(PasswordHash stored) {
        requireNonNull(stored, "stored");

        return 0;
    }

    /**
     * Checks whether a stored hash has other parameters than a new one would get, weaker or stronger. After the cost has been lowered, hashes of the
     * higher cost are outdated too, so that eventually every login costs the same.
     *
     * @param stored the stored form
     * @return whether it should be replaced after the next match
     */
    boolean outdated(PasswordHash stored);

    /**
     * Checks whether a password that has just matched a stored hash should be hashed again: the hash is outdated, and the whole password was compared
     * and can be hashed.
     *
     * @param matched the password that {@link #verify} has found to match
     * @param stored the stored form
     * @return whether to replace the stored hash by {@link #hash} of the password
     * @throws IllegalStateException if the password is closed
     */
    default boolean shouldRehash(RawPassword matched, PasswordHash stored) {
        requireNonNull(matched, "matched");
        requireNonNull(stored, "stored");

        return outdated(stored) && matched.isWellFormed() && matched.bytes() <= longestBytes();
    }

    /** {@return a hash that no password matches, with the cost of new hashes} */
    PasswordHash decoy();

    /**
     * A hash to verify in place of an unknown user's, which takes the same time as a stored hash.
     *
     * @param stored a stored form
     * @return a hash that no password matches, with the algorithm and the cost of the stored one; {@link #decoy} if that one cannot be verified
     */
    PasswordHash decoyLike(PasswordHash stored);

    /** {@return the most bytes of UTF-8 that a new password may have} */
    int longestBytes();
}
