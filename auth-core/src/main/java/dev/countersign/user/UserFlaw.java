package dev.countersign.user;

/** Why the value of a user's field is refused. */
public enum UserFlaw {
    /** Missing although required. */
    ABSENT,
    /** Not an e-mail address, username or password that can be stored. */
    MALFORMED,
    /** Another user has it. */
    TAKEN,
    /** A password of too few characters. */
    TOO_SHORT,
    /** A password of too many characters; attributes that make the user's tokens too long. */
    TOO_LONG,
    /** A password of more bytes than the hasher reads. */
    TOO_MANY_BYTES,
    /** A password on the list of common ones. */
    TOO_COMMON,
    /** A password that is the user's own e-mail address or username. */
    LIKE_IDENTIFIER,
    /** Not the user's current password. */
    WRONG
}
