package dev.countersign.user;

/** What of a user is the same as in the system that the user was taken over from. */
public enum Kept {
    /** The internal number. */
    NUMBER,
    /** The UUID. */
    UUID,
    /** The e-mail address. */
    EMAIL,
    /** The username. */
    USERNAME
}
