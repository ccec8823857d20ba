package dev.countersign.api;

import static java.util.Objects.requireNonNull;

/**
 * How to run a request, as its head determines.
 *
 * @param maxBodyBytes the most bytes of the body that the engine reads; 0 if the answer does not depend on the body, which then is not read
 * @param lane how expensive the request may be
 */
public record Plan(int maxBodyBytes, Lane lane) {

    /** Reads no body and hashes nothing. */
    static final Plan AT_ONCE = new Plan(0, Lane.VERIFYING);

    /** Rejects a negative limit and a null lane. */
    public Plan {
        requireNonNull(lane, "lane");
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException("a limit of bytes is 0 or more: " + maxBodyBytes);
        }
    }

    /** How expensive a request may be. Each lane can have its own threads, so that requests of one do not delay those of the other. */
    public enum Lane {
        /** At most verifies a token: microseconds, and one look-up of a user. */
        VERIFYING,
        /** May hash a password: tens or hundreds of milliseconds of one processor. */
        HASHING
    }
}
