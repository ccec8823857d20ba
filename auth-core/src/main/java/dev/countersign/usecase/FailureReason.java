package dev.countersign.usecase;

/** Why a login is refused. There is no reason for an unknown user: nobody learns who exists. */
public enum FailureReason {
    /** Unknown user, wrong password, or a user without one. */
    BAD_CREDENTIALS,
    /** The right password of a user who was switched off. */
    ACCOUNT_DISABLED
}
