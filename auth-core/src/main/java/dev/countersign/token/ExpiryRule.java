package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonPointer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How to determine a token's expiry. Every token expires: there is no rule without an end. */
public sealed interface ExpiryRule {

    /**
     * Returns the expiry of a token.
     *
     * @param claims a verified token's claims
     * @return the first instant at which the token is no longer valid; empty if the claims contain none
     */
    Optional<Instant> expiry(Claims claims);

    /**
     * Returns the time of issue of a token.
     *
     * @param claims a verified token's claims
     * @return the instant, to the second; empty if the claims contain none
     */
    Optional<Instant> issuedAt(Claims claims);

    /** {@return the place of the claim with the expiry or, without one, with the time of issue} */
    JsonPointer place();

    /** {@return how long such a token is valid} */
    Duration lifetime();

    /**
     * The {@code exp} claim (RFC 7519 §4.1.4). Issued at {@code iat} or, without one, a lifetime before the expiry.
     *
     * @param lifetime how long such a token is valid
     */
    record FromExp(Duration lifetime) implements ExpiryRule {

        static final JsonPointer EXP = JsonPointer.parse("/exp");
        static final JsonPointer IAT = JsonPointer.parse("/iat");

        /** Rejects null. */
        public FromExp {
            requireNonNull(lifetime, "lifetime");
        }

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

        @Override
        public JsonPointer place() {
            return EXP;
        }
    }

    /**
     * A claim with the time of issue. If the token also has an {@code exp}, the earlier of the two ends it.
     *
     * @param at the claim's place
     * @param lifetime how long a token is valid after its issue
     */
    record FromIssueTime(JsonPointer at, Duration lifetime) implements ExpiryRule {

        /** Rejects null components. */
        public FromIssueTime {
            requireNonNull(at, "at");
            requireNonNull(lifetime, "lifetime");
        }

        @Override
        public Optional<Instant> expiry(Claims claims) {
            Optional<Instant> end = issuedAt(claims).map(start -> start.plus(lifetime));
            if (claims.at(FromExp.EXP).isEmpty()) {
                return end;
            }
            return claims.time(FromExp.EXP).flatMap(exp -> end.map(own -> own.isBefore(exp) ? own : exp));
        }

        @Override
        public Optional<Instant> issuedAt(Claims claims) {
            return claims.time(at);
        }

        @Override
        public JsonPointer place() {
            return at;
        }
    }
}
