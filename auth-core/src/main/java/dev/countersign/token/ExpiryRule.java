package dev.countersign.token;

import dev.countersign.json.JsonPointer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a token's end comes from. Every token ends: there is no rule for one that does not. */
public sealed interface ExpiryRule {

    /**
     * The instant a token ends.
     *
     * @param claims a verified token's claims
     * @return the first instant at which it is not valid any more; empty when the claims do not tell
     */
    Optional<Instant> expiry(Claims claims);

    /**
     * The instant a token was issued.
     *
     * @param claims a verified token's claims
     * @return the instant, to the second; empty when the claims do not tell
     */
    Optional<Instant> issuedAt(Claims claims);

    /**
     * The {@code exp} claim (RFC 7519 §4.1.4). Issued at {@code iat}, or a lifetime before the end where there is no {@code iat}.
     *
     * @param lifetime how long such a token lasts
     */
    record FromExp(Duration lifetime) implements ExpiryRule {
        private static final JsonPointer EXP = JsonPointer.parse("/exp");
        private static final JsonPointer IAT = JsonPointer.parse("/iat");

        @Override
        public Optional<Instant> expiry(Claims claims) {
            return claims.time(EXP);
        }

        @Override
        public Optional<Instant> issuedAt(Claims claims) {
            return claims.at(IAT).isPresent()
                    ? claims.time(IAT)
                    : expiry(claims).map(end -> end.minus(lifetime));
        }
    }

    /**
     * A claim with the time of issue; the token has no {@code exp}.
     *
     * @param at the claim's place
     * @param lifetime how long a token lasts from then on
     */
    record FromIssueTime(JsonPointer at, Duration lifetime) implements ExpiryRule {
        @Override
        public Optional<Instant> expiry(Claims claims) {
            return issuedAt(claims).map(start -> start.plus(lifetime));
        }

        @Override
        public Optional<Instant> issuedAt(Claims claims) {
            return claims.time(at);
        }
    }
}
