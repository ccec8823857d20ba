package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The result of decoding a compact token: only the signature has been checked, no time and no claim. */
public sealed interface Decoding {

    /**
     * The signature verifies.
     *
     * @param claims the token's header and claims
     * @param oldSystem the name of the old system whose key verified the token; null for one of our own keys
     */
    record Verified(Claims claims, @Nullable String oldSystem) implements Decoding {

        /** Rejects null. */
        public Verified {
            requireNonNull(claims, "claims");
        }

        /**
         * A token that one of our own keys verified.
         *
         * @param claims the token's header and claims
         */
        public Verified(Claims claims) {
            this(claims, null);
        }
    }

    /** The signature does not verify, or the text is not a token. */
    record Refused(TokenFlaw flaw) implements Decoding {

        /** Rejects null. */
        public Refused {
            requireNonNull(flaw, "flaw");
        }
    }
}
