package dev.countersign.crypto.format;

import dev.countersign.password.PasswordHash;
import java.util.Optional;

/** What a stored form says. */
public sealed interface Reading {

    /**
     * A hash of another algorithm than ours.
     *
     * @param check compares a password with it
     */
    record Foreign(HashCheck check) implements Reading {}

    /**
     * A hash of our own algorithm, perhaps inside another system's wrapping.
     *
     * @param hash the hash without the wrapping
     */
    record Native(PasswordHash hash) implements Reading {}

    /**
     * Not to be verified.
     *
     * @param why for an operator; quotes nothing but costs
     */
    record Refused(String why) implements Reading {}

    /** {@return a refusal} */
    static Optional<Reading> refused(String why) {
        return Optional.of(new Refused(why));
    }

    /** {@return a hash of another algorithm} */
    static Optional<Reading> foreign(HashCheck check) {
        return Optional.of(new Foreign(check));
    }
}
