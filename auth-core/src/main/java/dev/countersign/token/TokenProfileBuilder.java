package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a {@link TokenProfile}. Not thread-safe. */
public final class TokenProfileBuilder {

    final Template header;
    final Template claims;
    final Duration lifetime;

    @Nullable
    SubjectClaim subject;

    @Nullable
    JsonPointer issueTime;

    Set<JsonPointer> matchedHeader = Set.of();
    Set<JsonPointer> matchedClaims = Set.of();
    Duration skew = Duration.ZERO;
    Revocation revocation = Revocation.BY_PASSWORD_CHANGE;
    boolean random;

    TokenProfileBuilder(Template header, Template claims, Duration lifetime) {
        this.header = header;
        this.claims = claims;
        this.lifetime = lifetime;
    }

    /** {@return this builder, with the claim that names the user} */
    public TokenProfileBuilder subject(SubjectClaim subject) {
        this.subject = requireNonNull(subject, "subject");
        return this;
    }

    /** {@return this builder, for tokens without {@code exp}, which expire a lifetime after the time of issue at that place} */
    public TokenProfileBuilder issueTime(JsonPointer place) {
        this.issueTime = requireNonNull(place, "place");
        return this;
    }

    /** {@return this builder, with the places of header constants that a token must repeat} */
    public TokenProfileBuilder matchingHeader(Set<JsonPointer> places) {
        requireNonNull(places, "places");

        this.matchedHeader = Set.copyOf(places);
        return this;
    }

    /** {@return this builder, with the places of claim constants that a token must repeat} */
    public TokenProfileBuilder matchingClaims(Set<JsonPointer> places) {
        requireNonNull(places, "places");

        this.matchedClaims = Set.copyOf(places);
        return this;
    }

    /** {@return this builder, with the accepted difference of other clocks, 0 to 60 s} */
    public TokenProfileBuilder skew(Duration skew) {
        this.skew = requireNonNull(skew, "skew");
        return this;
    }

    /** {@return this builder, with what ends a token before its expiry} */
    public TokenProfileBuilder revocation(Revocation revocation) {
        this.revocation = requireNonNull(revocation, "revocation");
        return this;
    }

    /**
     * Builds the profile.
     *
     * @return the profile
     * @throws IllegalArgumentException if something is missing or out of range, or the profile would refuse its own tokens; the message names the
     *     cause
     */
    public TokenProfile build() {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a token lasts at least a second: " + lifetime);
        }
        if (skew.isNegative() || skew.compareTo(TokenProfile.MAX_SKEW) > 0) {
            throw new IllegalArgumentException("the skew is 0 to 60 seconds: " + skew);
        }
        if (!(header.pattern() instanceof JsonObject) || !(claims.pattern() instanceof JsonObject)) {
            throw new IllegalArgumentException("a token's header and claims are JSON objects");
        }
        if (TokenProfile.algorithm(header).isEmpty()) {
            throw new IllegalArgumentException("the header names an algorithm, and never none");
        }
        if (subject == null) {
            throw new IllegalArgumentException("a profile names the claim with its subject");
        }
        TokenSlots.check(header, "header");
        TokenSlots.check(claims, "claims");
        checkConstants(header, matchedHeader, "header");
        checkConstants(claims, matchedClaims, "claims");
        ExpiryRule expiry = issueTime == null
                ? new ExpiryRule.FromExp(lifetime)
                : new ExpiryRule.FromIssueTime(issueTime, lifetime);
        TokenProfile profile = new TokenProfile(this, expiry);
        new SampleToken(profile, expiry).check();
        return profile;
    }

    private static void checkConstants(Template template, Set<JsonPointer> places, String part) {
        for (JsonPointer place : places) {
            Optional<Json> constant = place.in(template.pattern());
            boolean hasSlots = template.slots().keySet().stream().anyMatch(slot -> isWithin(slot, place));
            if (constant.isEmpty() || hasSlots) {
                throw new IllegalArgumentException(
                        "a token is to repeat " + place + " of the " + part + ", which is no constant there");
            }
        }
    }

    private static boolean isWithin(JsonPointer inner, JsonPointer outer) {
        return inner.segments().size() >= outer.segments().size()
                && inner.segments().subList(0, outer.segments().size()).equals(outer.segments());
    }
}
