package dev.countersign.user;

/** A user's internal number: positive, 64 bits, never reused for another user. */
public record UserId(long value) {

    /** Refuses zero and negative numbers. */
    public UserId {
        if (value <= 0) {
            throw new IllegalArgumentException("a user id is positive: " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
