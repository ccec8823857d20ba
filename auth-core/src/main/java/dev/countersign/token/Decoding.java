package dev.countersign.token;

/** What a codec made of a compact token. Only the signature has been looked at, no time and no claim. */
public sealed interface Decoding {

    /** The signature verifies. */
    record Verified(Claims claims) implements Decoding {}

    /** It does not, or there is no telling. */
    record Refused(TokenFlaw flaw) implements Decoding {}
}
