package dev.countersign.usecase;

/** Why a login is refused. An unknown user has no reason of its own, so that a client cannot find out which users exist. */
public enum FailureReason {
    /** Unknown user, wrong password, or a user without a password. */
    BAD_CREDENTIALS,
    /** The right password of a disabled user. */
    ACCOUNT_DISABLED
}
