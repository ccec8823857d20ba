package dev.countersign.token;

import static java.util.Objects.requireNonNull;

/** The result of reading a verified token under a profile. */
public sealed interface TokenReading {

    /** The token is of the profile. */
    record Read(ReadToken token) implements TokenReading {

        /** Rejects null. */
        public Read {
            requireNonNull(token, "token");
        }
    }

    /** The token is not of the profile. */
    record Refused(TokenFlaw flaw) implements TokenReading {

        /** Rejects null. */
        public Refused {
            requireNonNull(flaw, "flaw");
        }
    }
}
