package dev.countersign.token;

/** What a password change does to tokens issued before it. Disabling or deleting the user always ends them, and so does a logout. */
public enum Revocation {
    /** Every token ends; the request that changes the password gets a new one where the dialect's answer has a place for it. */
    BY_PASSWORD_CHANGE,
    /** Every token ends except those of the session that changed the password. Needs stored sessions. */
    OTHERS_BY_PASSWORD_CHANGE,
    /** None ends: a stolen token stays valid until its expiry, even if the user changes the password. */
    NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE
}
