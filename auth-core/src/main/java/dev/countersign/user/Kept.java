package dev.countersign.user;

/** A property of a user that is the same in the system that the user was taken over from. */
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
