package dev.countersign.token;

/** Why a token is refused. */
public enum TokenFlaw {
    /** Not a signed token in compact form, or with a header that is never accepted. */
    MALFORMED,
    /** The signature does not verify under the keys and the one algorithm of this profile. */
    BAD_SIGNATURE,
    /** Past its expiry. */
    EXPIRED,
    /** Issued in the future, or not valid before a future time. */
    PREMATURE,
    /** The signature is valid, but the claims or the header are not of this profile. */
    FOREIGN,
    /** Ended before its expiry. */
    REVOKED
}
