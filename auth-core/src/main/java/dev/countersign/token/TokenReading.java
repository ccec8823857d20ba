package dev.countersign.token;

import static java.util.Objects.requireNonNull;

/** The result of reading a verified token under a profile. */
public sealed interface TokenReading {

    /** The token is of the profile. */
    record Read(ReadToken token) implements TokenReading {

        /** Refuses a missing token. */
        public Read {
            requireNonNull(token, "token");
        }
    }

    /** The token is not of the profile. */
    record Refused(TokenFlaw flaw) implements TokenReading {

        /** Refuses a missing flaw. */
        public Refused {
            requireNonNull(flaw, "flaw");
        }
    }
}
