package dev.countersign.usecase;

/** Why a refresh token is refused. */
public enum RefreshFlaw {
    /** Not a refresh token of this login API. */
    UNKNOWN,
    /** Past its expiry. */
    EXPIRED,
    /** Used before: the session was ended, because one of the two who have the token is a thief. */
    REUSED,
    /** Its session was ended. */
    ENDED,
    /** The user was disabled or deleted. */
    USER_GONE
}
