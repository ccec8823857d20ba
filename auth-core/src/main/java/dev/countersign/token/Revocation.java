package dev.countersign.token;

/** What ends a token before its expiry. Disabling or deleting the user always does. */
public enum Revocation {
    /** A later password change. */
    BY_PASSWORD_CHANGE,
    /** Nothing: a stolen token stays valid until its expiry, even if the user changes the password. */
    NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE
}
