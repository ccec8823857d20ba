package dev.countersign.api;

import static java.util.Objects.requireNonNull;

/**
 * How a request is to be run, as its head decides.
 *
 * @param maxBodyBytes the most bytes of the body that the engine reads; 0 if the answer does not depend on the body, which is not read then
 * @param lane what the request may cost
 */
public record Plan(int maxBodyBytes, Lane lane) {

    /** Nothing is read and nothing is hashed. */
    static final Plan AT_ONCE = new Plan(0, Lane.VERIFYING);

    /** Refuses a negative limit and a missing lane. */
    public Plan {
        requireNonNull(lane, "lane");
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException("a limit of bytes is 0 or more: " + maxBodyBytes);
        }
    }

    /** What a request may cost. Requests of one lane can be given threads of their own, so that they do not hold up the other's. */
    public enum Lane {
        /** Verifies a token at most: microseconds, and one look-up of a user. */
        VERIFYING,
        /** May hash a password: tens or hundreds of milliseconds of one processor. */
        HASHING
    }
}
