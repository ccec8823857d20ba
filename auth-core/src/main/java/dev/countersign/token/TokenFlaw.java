package dev.countersign.token;

/** Why a token is refused. */
public enum TokenFlaw {
    /** Not a signed token in compact form, or with a header that is never accepted. */
    MALFORMED,
    /** The signature does not verify under the keys and the one algorithm of this profile. */
    BAD_SIGNATURE,
    /** Past its expiry. */
    EXPIRED,
    /** Issued, or valid only, in the future. */
    PREMATURE,
    /** Well signed, but with claims or a header that are not of this profile. */
    FOREIGN,
    /** Made unusable before its expiry. */
    REVOKED
}
