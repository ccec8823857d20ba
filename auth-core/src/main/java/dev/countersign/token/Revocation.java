package dev.countersign.token;

/** What makes a token unusable before its expiry, besides the user being disabled or deleted, which always does. */
public enum Revocation {
    /** A later password change. */
    BY_PASSWORD_CHANGE,
    /** Nothing: whoever stole a token keeps it until its expiry, whatever the user does. */
    NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE
}
