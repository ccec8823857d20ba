package dev.countersign.token;

import com.google.common.collect.ImmutableSet;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The agreed form of one kind of token: how it is filled when issued and what must hold when it comes back (RFC 8725 §3).
 *
 * @param header the JOSE header, literally; {@code alg} is a constant
 * @param claims the claims with slots
 * @param lifetime how long a token lasts; positive
 * @param subject where the user is named
 * @param expiry where the end comes from
 * @param matchedHeader places of header constants that a token must repeat
 * @param matchedClaims places of claim constants that a token must repeat
 * @param skew by how much other clocks may differ; 0 to 60 seconds
 * @param revocation what ends a token early
 */
public record TokenProfile(
        Template header,
        Template claims,
        Duration lifetime,
        SubjectClaim subject,
        ExpiryRule expiry,
        ImmutableSet<JsonPointer> matchedHeader,
        ImmutableSet<JsonPointer> matchedClaims,
        Duration skew,
        Revocation revocation) {

    /** The widest skew. */
    public static final Duration MAX_SKEW = Duration.ofSeconds(60);

    private static final JsonPointer NBF = JsonPointer.parse("/nbf");
    private static final JsonPointer IAT = JsonPointer.parse("/iat");

    /** Refuses what no token could satisfy, or every token would. */
    public TokenProfile {
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("a token's lifetime is positive: " + lifetime);
        }
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("the skew is 0 to 60 seconds: " + skew);
        }
        if (!(header.pattern() instanceof JsonObject) || !(claims.pattern() instanceof JsonObject)) {
            throw new IllegalArgumentException("a token's header and claims are JSON objects");
        }
        if (algorithm(header).isEmpty()) {
            throw new IllegalArgumentException("the header names an algorithm, and never none");
        }
    }

    /** {@return the one algorithm that tokens of this profile are signed with, such as HS256} */
    public String algorithm() {
        return algorithm(header).orElseThrow();
    }

    private static Optional<String> algorithm(Template header) {
        return JsonPointer.parse("/alg")
                .in(header.pattern())
                .flatMap(Json::asString)
                .filter(name -> !name.equalsIgnoreCase("none"));
    }

    /**
     * Judges a token whose signature verifies: constants, then times.
     *
     * @param token the token's statements
     * @param now the present
     * @return the first flaw, or empty if the token holds
     */
    public Optional<TokenFlaw> judge(Claims token, Instant now) {
        Optional<Instant> issuedAt = expiry.issuedAt(token);
        Optional<Instant> end = expiry.expiry(token);
        boolean foreign = !repeats(matchedHeader, header, token.header())
                || !repeats(matchedClaims, claims, token.body())
                || subject.key(token).isEmpty()
                || issuedAt.isEmpty()
                || end.isEmpty()
                || isUnreadable(NBF, token);
        if (foreign) {
            return Optional.of(TokenFlaw.FOREIGN);
        }
        Instant latest = now.plus(skew);
        boolean premature = token.time(IAT).orElse(Instant.MIN).isAfter(latest)
                || token.time(NBF).orElse(Instant.MIN).isAfter(latest)
                || (token.at(IAT).isEmpty()
                        && expiry instanceof ExpiryRule.FromIssueTime
                        && issuedAt.orElseThrow().isAfter(latest));
        if (premature) {
            return Optional.of(TokenFlaw.PREMATURE);
        }
        return now.minus(skew).isBefore(end.orElseThrow()) ? Optional.empty() : Optional.of(TokenFlaw.EXPIRED);
    }

    /**
     * Tells whether a password change has ended a token.
     *
     * @param token a token that holds otherwise
     * @param passwordChangedAt the user's last password change; {@link Instant#MIN} for never
     * @return whether it has
     */
    public boolean isRevoked(Claims token, Instant passwordChangedAt) {
        return revocation == Revocation.BY_PASSWORD_CHANGE
                // Tokens know whole seconds: one issued in the second of the change is taken as issued after it.
                && expiry.issuedAt(token).orElse(Instant.MIN).plusSeconds(1).compareTo(passwordChangedAt) <= 0;
    }

    private static boolean isUnreadable(JsonPointer at, Claims token) {
        return token.at(at).isPresent() && token.time(at).isEmpty();
    }

    private static boolean repeats(ImmutableSet<JsonPointer> places, Template template, JsonObject actual) {
        return places.stream().allMatch(at -> at.in(template.pattern()).equals(at.in(actual)));
    }
}
