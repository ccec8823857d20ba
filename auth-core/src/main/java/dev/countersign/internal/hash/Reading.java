package dev.countersign.internal.hash;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of parsing a stored form. */
public sealed interface Reading {

    /** {@return algorithm and costs, such as {@code PBKDF2-SHA256, 260000 iterations}, without salt and digest} */
    String kind();

    /** The most bytes of a password that are hashed for another system's hash; longer passwords match nothing. */
    int LONGEST_BYTES = 4096;

    /**
     * A slow hash of another algorithm than ours.
     *
     * @param kind algorithm and costs
     * @param check verifies passwords against the hash
     * @param wholeBytes the longest password whose bytes are all compared, at most {@link #LONGEST_BYTES}
     * @param withoutSecret the form to store instead if the original contains a secret of the other system; null if it contains none
     * @param memoryBytes the heap that a verification occupies; 0 for a few kilobytes
     */
    record Foreign(
            String kind,
            HashCheck check,
            int wholeBytes,
            @Nullable PasswordHash withoutSecret,
            long memoryBytes) implements Reading {

        /** Rejects null components. */
        public Foreign {
            requireNonNull(kind, "kind");
            requireNonNull(check, "check");
        }

        /** {@return a hash that compares every byte and contains no secret of the other system} */
        public static Optional<Reading> of(String kind, HashCheck check) {
            requireNonNull(kind, "kind");
            requireNonNull(check, "check");

            return of(kind, check, 0);
        }

        /** {@return the same for an algorithm that occupies so many bytes of the heap} */
        public static Optional<Reading> of(String kind, HashCheck check, long memoryBytes) {
            requireNonNull(kind, "kind");
            requireNonNull(check, "check");

            return Optional.of(new Foreign(kind, check, LONGEST_BYTES, null, memoryBytes));
        }
    }

    /**
     * A fast hash: an attacker who reads it finds most passwords within hours. An import stores it only wrapped in a slow hash.
     *
     * @param kind the algorithm
     * @param digest the digest and the function that computes it
     * @param blank the stored form with a digest of zeros, from which salt and costs can be parsed again
     */
    record Weak(String kind, WeakDigest digest, String blank) implements Reading {

        /** Rejects null components. */
        public Weak {
            requireNonNull(kind, "kind");
            requireNonNull(digest, "digest");
            requireNonNull(blank, "blank");
        }
    }

    /**
     * A hash of our own algorithm, possibly behind a prefix of another system.
     *
     * @param kind algorithm and cost
     * @param hash the hash without the prefix
     */
    record Native(String kind, PasswordHash hash) implements Reading {

        /** Rejects null components. */
        public Native {
            requireNonNull(kind, "kind");
            requireNonNull(hash, "hash");
        }
    }

    /**
     * A weak hash wrapped in a slow one.
     *
     * @param kind both algorithms and their costs
     * @param weak the weak form; its digest is not stored
     * @param slow our own hash of the weak digest
     */
    record Wrapped(String kind, Weak weak, PasswordHash slow) implements Reading {

        /** Rejects null components. */
        public Wrapped {
            requireNonNull(kind, "kind");
            requireNonNull(weak, "weak");
            requireNonNull(slow, "slow");
        }
    }

    /**
     * A hash that cannot be verified.
     *
     * @param why the reason, for an operator; quotes only costs
     */
    record Refused(String why) implements Reading {

        /** Rejects null components. */
        public Refused {
            requireNonNull(why, "why");
        }

        @Override
        public String kind() {
            return "not readable";
        }
    }

    /** {@return a refusal} */
    static Optional<Reading> refused(String why) {
        requireNonNull(why, "why");

        return Optional.of(new Refused(why));
    }
}
