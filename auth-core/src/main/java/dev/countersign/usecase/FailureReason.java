package dev.countersign.usecase;

/** Why a login is refused. An unknown user has no reason of its own, so that a client cannot find out which users exist. */
public enum FailureReason {
    /** Unknown user, wrong password, or a user without a password. */
    BAD_CREDENTIALS,
    /** The right password of a disabled user. */
    ACCOUNT_DISABLED,
    /** Too many failed logins of this user, known or not, from addresses without an earlier login of the user. */
    TOO_MANY_FOR_USER,
    /** Too many failed logins from this client address. */
    TOO_MANY_FROM_ADDRESS,
    /** Too many logins of this user or from this client address wait at the same time. */
    TOO_MANY_AT_ONCE,
    /** The server has no capacity for another login at the moment. */
    OVERLOADED
}
