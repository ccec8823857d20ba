package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.template.Slot;
import dev.countersign.template.Template;
import dev.countersign.token.ExpiryRule;
import dev.countersign.token.Revocation;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenProfileBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the form of a dialect's tokens. */
final class TokenReader {

    private static final ImmutableSet<String> ALGORITHMS =
            ImmutableSet.of("HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA");
    private static final JsonPointer ALG = JsonPointer.parse("/alg");
    private static final JsonPointer EXP = JsonPointer.parse("/exp");

    private static final ImmutableSet<String> OF_RANDOM = ImmutableSet.of("form", "lifetime", "revocation");

    private final Section section;
    private final Templates templates;
    private final Problems problems;

    TokenReader(Section section, Templates templates) {
        this.section = section;
        this.templates = templates;
        this.problems = section.problems();
    }

    /** The form of a token. */
    enum Form {
        SIGNED,
        RANDOM
    }

    /** Reads access tokens. */
    Optional<TokenProfile> read() {
        section.required("lifetime", "how long a token lasts, such as 15m");
        Optional<Duration> lifetime = lifetime("lifetime");
        return section.word("form", Form.class, Form.SIGNED) == Form.RANDOM ? random(lifetime) : signed(lifetime);
    }

    private Optional<TokenProfile> random(Optional<Duration> lifetime) {
        section.written().stream()
                .filter(key -> !OF_RANDOM.contains(key))
                .forEach(key ->
                        problems.add(section.at(key), "a random token has no " + key, "leave it out, or form: signed"));
        Revocation revocation = section.word("revocation", Revocation.class, Revocation.BY_PASSWORD_CHANGE);
        return problems.isEmpty()
                ? lifetime.map(
                        end -> TokenProfile.random(end).revocation(revocation).build())
                : Optional.empty();
    }

    /** Reads a signed token. */
    Optional<TokenProfile> signed(Optional<Duration> lifetime) {
        Optional<Template> header = template("header", SlotScope.TOKEN_HEADER);
        Optional<Template> claims = template("claims", SlotScope.CLAIMS);
        header.ifPresent(this::checkAlgorithm);
        Duration skew = section.duration("skew").orElse(Duration.ZERO);
        if (skew.compareTo(TokenProfile.MAX_SKEW) > 0) {
            problems.add(section.at("skew"), "skew is " + skew.toSeconds() + "s", "at most 60s");
        }
        Optional<SubjectClaim> subject = claims.flatMap(this::subject);
        Optional<ExpiryRule> expiry =
                claims.flatMap(template -> lifetime.flatMap(duration -> expiry(template, duration)));
        ImmutableSet<JsonPointer> matchedHeader = constants("match_header", header);
        ImmutableSet<JsonPointer> matchedClaims = constants("match_claims", claims);
        Revocation revocation = section.word("revocation", Revocation.class, Revocation.BY_PASSWORD_CHANGE);
        if (!problems.isEmpty() || header.isEmpty() || subject.isEmpty() || expiry.isEmpty()) {
            return Optional.empty();
        }
        TokenProfileBuilder profile = TokenProfile.builder(header.get(), claims.orElseThrow(), lifetime.orElseThrow())
                .subject(subject.get())
                .matchingHeader(matchedHeader)
                .matchingClaims(matchedClaims)
                .skew(skew)
                .revocation(revocation);
        if (expiry.get() instanceof ExpiryRule.FromIssueTime issue) {
            profile.issueTime(issue.at());
        }
        try {
            return Optional.of(profile.build());
        } catch (IllegalArgumentException contradictory) {
            problems.add(
                    section.at(),
                    String.valueOf(contradictory.getMessage()),
                    "a token form that the dialect itself accepts");
            return Optional.empty();
        }
    }

    private Optional<Template> template(String key, SlotScope scope) {
        return section.required(key, "a mapping").flatMap(json -> {
            if (!(json instanceof JsonObject)) {
                problems.add(section.at(key), key + " is " + Section.kind(json), "a mapping");
                return Optional.empty();
            }
            return templates.json(json, section.at(key), scope);
        });
    }

    private void checkAlgorithm(Template header) {
        String found = ALG.in(header.pattern()).map(Json::toString).orElse("nothing");
        if (!ALGORITHMS.contains(found)) {
            problems.add(
                    section.at("header").child("alg"), "alg is " + found, "one of " + String.join(", ", ALGORITHMS));
        }
    }

    /** Reads a lifetime, which is at least a second. */
    Optional<Duration> lifetime(String key) {
        Optional<Duration> lifetime = section.duration(key);
        if (lifetime.isPresent() && lifetime.get().toSeconds() < 1) {
            problems.add(section.at(key), key + " is below a second", "a token lasts at least 1s");
        }
        return lifetime;
    }

    private Optional<SubjectClaim> subject(Template claims) {
        section.required("subject", "the pointer of the claim that names the user, such as /sub");
        Optional<JsonPointer> at = section.pointer("subject");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Optional<Slot> slot = claims.slotAt(at.get());
        Optional<SubjectClaim.Names> names = slot.flatMap(TokenReader::names);
        if (names.isEmpty() || slot.get().writesTime() || slot.get().hasDefault()) {
            problems.add(
                    section.at("subject"),
                    "the claim " + at.get() + " does not name the user",
                    "a claim that is ${user.id}, ${user.uuid}, ${user.email} or ${user.username} alone, perhaps with | string");
            return Optional.empty();
        }
        boolean text = slot.get().writesString()
                || names.get() == SubjectClaim.Names.UUID
                || names.get() == SubjectClaim.Names.EMAIL;
        return Optional.of(new SubjectClaim(at.get(), names.get(), text));
    }

    private static Optional<SubjectClaim.Names> names(Slot slot) {
        for (SubjectClaim.Names names : SubjectClaim.Names.values()) {
            if (slot.name().is("user." + names.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(names);
            }
        }
        return Optional.empty();
    }

    private Optional<ExpiryRule> expiry(Template claims, Duration lifetime) {
        boolean exp = claims.slotAt(EXP)
                .filter(slot -> slot.name().is("token.expires_at"))
                .isPresent();
        if (!section.has("issue_time")) {
            if (!exp) {
                problems.add(
                        section.at("claims"),
                        "the token has no exp",
                        "add exp: \"${token.expires_at | epoch-seconds}\", or name the claim with the time of issue under issue_time");
            }
            return Optional.of(new ExpiryRule.FromExp(lifetime));
        }
        Optional<JsonPointer> at = section.pointer("issue_time");
        boolean issue = at.flatMap(claims::slotAt)
                .filter(slot -> slot.name().is("token.issued_at"))
                .isPresent();
        if (!issue || exp) {
            problems.add(
                    section.at("issue_time"),
                    exp ? "the token has an exp" : "there is no time of issue",
                    exp ? "leave issue_time out" : "the pointer of a claim that is ${token.issued_at | epoch-seconds}");
        }
        return at.map(place -> new ExpiryRule.FromIssueTime(place, lifetime));
    }

    private ImmutableSet<JsonPointer> constants(String key, Optional<Template> template) {
        ImmutableSet<JsonPointer> places = section.pointers(key);
        template.ifPresent(in -> places.forEach(place -> {
            Set<JsonPointer> slots = in.slots().keySet();
            if (place.in(in.pattern()).isEmpty() || slots.contains(place)) {
                problems.add(section.at(key), place + " is not a constant", "the pointer of a value without a slot");
            }
        }));
        return places;
    }
}
