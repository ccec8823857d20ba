package dev.countersign.password;

/** Why a new password is refused. */
public enum PasswordFlaw {
    /** Fewer code points than the policy requires. */
    TOO_SHORT,
    /** More code points than the policy allows. */
    TOO_LONG,
    /** Few enough code points, but more bytes of UTF-8 than the hasher reads: an emoji has four. */
    TOO_MANY_BYTES,
    /** A NUL character or an unpaired surrogate. */
    MALFORMED,
    /** On the list of common passwords. */
    TOO_COMMON,
    /** The user's own e-mail address, the part before its @, or the username. */
    LIKE_IDENTIFIER
}
