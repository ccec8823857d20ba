package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.WholeText;
import dev.countersign.template.Slots;
import dev.countersign.template.Template;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The form of one kind of token: the content of a new token and the requirements for a presented one (RFC 8725 §3). A profile that would refuse its
 * own tokens cannot be built. Immutable.
 */
public final class TokenProfile {

    /** The largest allowed skew. */
    public static final Duration MAX_SKEW = Duration.ofSeconds(60);

    /** How far the clocks of the machines that issue and verify tokens may differ. */
    public static final Duration LEEWAY = Duration.ofSeconds(10);

    private static final JsonPointer NBF = JsonPointer.parse("/nbf");

    private final Template header;
    private final Template claims;
    private final Duration lifetime;
    private final SubjectClaim subject;
    private final ExpiryRule expiry;
    private final Set<JsonPointer> matchedHeader;
    private final Set<JsonPointer> matchedClaims;
    private final Duration skew;
    private final Revocation revocation;
    private final boolean random;
    private final TokenBinding binding;

    TokenProfile(TokenProfileBuilder from, ExpiryRule expiry) {
        this.header = from.header;
        this.claims = from.claims;
        this.lifetime = from.lifetime;
        this.subject = requireNonNull(from.subject);
        this.expiry = expiry;
        this.matchedHeader = from.matchedHeader;
        this.matchedClaims = from.matchedClaims;
        this.skew = from.skew;
        this.revocation = from.revocation;
        this.random = from.random;
        // A session decides about a random token, not its time of issue.
        Revocation byTime = random ? Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE : revocation;
        this.binding = new TokenBinding(subject, byTime, TokenSlots.credentialPlace(claims));
    }

    /**
     * Starts a profile: expiry from {@code exp}, no skew, tokens ended by a password change. {@link TokenProfileBuilder#build} requires the subject.
     *
     * @param header the JOSE header; {@code alg} is a constant
     * @param claims the claims with slots
     * @param lifetime how long a token is valid, at least 1 s
     * @return a builder
     */
    public static TokenProfileBuilder builder(Template header, Template claims, Duration lifetime) {
        return new TokenProfileBuilder(
                requireNonNull(header, "header"),
                requireNonNull(claims, "claims"),
                requireNonNull(lifetime, "lifetime"));
    }

    /**
     * Starts a profile of random tokens: 256 bits that say nothing. They are valid only where sessions are stored.
     *
     * @param lifetime how long a token is valid, at least 1 s
     * @return a builder with everything that is required
     */
    public static TokenProfileBuilder random(Duration lifetime) {
        JsonObject header = JsonObject.of(Map.of("alg", new JsonString("HS256")));
        JsonObject claims = JsonObject.of(Map.of(
                "sub", new JsonString("${user.uuid}"), "exp", new JsonString("${token.expires_at | epoch-seconds}")));
        // Never signed: a profile without them would need a case of its own in every place that reads a profile.
        TokenProfileBuilder builder = builder(Template.of(header), Template.of(claims), lifetime)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.UUID, true));
        builder.random = true;
        return builder;
    }

    /** {@return whether tokens are random texts, not signed ones} */
    public boolean isRandom() {
        return random;
    }

    /**
     * The key by which a token of this profile is stored.
     *
     * @param token the token
     * @return its key
     */
    public TokenKey key(AccessToken token) {
        return random ? TokenKey.ofText(token.revealCompact()) : TokenKey.ofSigned(token);
    }

    /** {@return the JOSE header} */
    public Template header() {
        return header;
    }

    /** {@return the claims} */
    public Template claims() {
        return claims;
    }

    /** {@return how long a token is valid} */
    public Duration lifetime() {
        return lifetime;
    }

    /** {@return the claim that identifies the user} */
    public SubjectClaim subject() {
        return subject;
    }

    /** {@return the accepted difference of other clocks} */
    public Duration skew() {
        return skew;
    }

    /** {@return what ends a token before its expiry} */
    public Revocation revocation() {
        return revocation;
    }

    /** {@return whether tokens carry {@code ${token.credential}}, which a password change ends regardless of clocks} */
    public boolean carriesCredential() {
        return binding.isInToken();
    }

    /**
     * Checks whether the store must keep since when a user has its identifiers.
     *
     * @return whether tokens identify their user by an identifier that can become another user's, and do not carry the credential
     */
    public boolean needsIdentifierTimes() {
        return binding.needsIdentifierTimes();
    }

    /** {@return the text that binds a token to a user and to the current password; it reveals neither} */
    String credential(User user) {
        return binding.credential(user);
    }

    /** {@return the algorithm that signs tokens of this profile, such as HS256} */
    public String algorithm() {
        return algorithm(header).orElseThrow();
    }

    static Optional<String> algorithm(Template header) {
        return JsonPointer.parse("/alg")
                .in(header.pattern())
                .flatMap(Json::asString)
                .filter(name -> !name.equalsIgnoreCase("none"));
    }

    /**
     * Fills header and claims.
     *
     * @param slots the source of the values
     * @return the header and claims for a codec to sign
     */
    public Claims fill(Slots slots) {
        requireNonNull(slots, "slots");

        return new Claims(whole(header, slots), whole(claims, slots));
    }

    // A codec rejects unpaired surrogates, and an attribute may contain some.
    private static JsonObject whole(Template template, Slots slots) {
        return (JsonObject) WholeText.replacedIn(template.fill(slots));
    }

    /**
     * Reads a token with a valid signature: checks its constants and types.
     *
     * @param verified the codec's result
     * @return the token, or why it is not of this profile
     */
    public TokenReading read(Decoding.Verified verified) {
        Claims token = verified.claims();
        if (token.isBeyondTime(ExpiryRule.FromExp.EXP)
                || token.isBeyondTime(NBF)
                || token.isBeyondTime(ExpiryRule.FromExp.IAT)
                || token.isBeyondTime(expiry.place())) {
            return new TokenReading.Refused(TokenFlaw.MALFORMED);
        }
        Optional<UserKey> key = subject.key(token);
        Optional<Instant> issuedAt = expiry.issuedAt(token);
        Optional<Instant> end = expiry.expiry(token);
        boolean foreign = !repeats(matchedHeader, header, token.header())
                || !repeats(matchedClaims, claims, token.body())
                || key.isEmpty()
                || issuedAt.isEmpty()
                || end.isEmpty()
                || isUnreadable(ExpiryRule.FromExp.IAT, token)
                || isUnreadable(NBF, token);
        return foreign
                ? new TokenReading.Refused(TokenFlaw.FOREIGN)
                : new TokenReading.Read(new ReadToken(
                        token,
                        verified.oldSystem(),
                        key.orElseThrow(),
                        issuedAt.orElseThrow(),
                        end.orElseThrow(),
                        binding.credential(token)));
    }

    /**
     * Checks whether tokens of another profile would be read under this one.
     *
     * @param other the other profile
     * @return whether a signed token of it has every constant that this profile asks for
     */
    public boolean reads(TokenProfile other) {
        requireNonNull(other, "other");

        Claims sample = new SampleToken(other, other.expiry).claims();
        return !other.random && read(new Decoding.Verified(sample)) instanceof TokenReading.Read;
    }

    /**
     * The same profile with another effect of password changes.
     *
     * @param other what ends a token before its expiry
     * @return the profile
     */
    public TokenProfile withRevocation(Revocation other) {
        return toBuilder().revocation(requireNonNull(other, "other")).build();
    }

    /**
     * The same profile with another difference of clocks that is accepted when the times of a token are checked.
     *
     * @param other 0 to {@link #MAX_SKEW}
     * @return the profile
     * @throws IllegalArgumentException if it is out of range
     */
    public TokenProfile withSkew(Duration other) {
        return toBuilder().skew(requireNonNull(other, "other")).build();
    }

    private TokenProfileBuilder toBuilder() {
        TokenProfileBuilder same = builder(header, claims, lifetime)
                .subject(subject)
                .matchingHeader(matchedHeader)
                .matchingClaims(matchedClaims)
                .skew(skew)
                .revocation(revocation);
        same.random = random;
        return expiry instanceof ExpiryRule.FromIssueTime from ? same.issueTime(from.at()) : same;
    }

    /**
     * Checks whether a token has expired.
     *
     * @param token a token of this profile
     * @param now the current time
     * @return whether it has expired, allowing for the skew
     */
    public boolean isExpired(ReadToken token, Instant now) {
        requireNonNull(token, "token");

        return !now.minus(skew).isBefore(token.expiresAt());
    }

    /**
     * Checks whether a token says when it was issued.
     *
     * @param token a token of this profile
     * @return false if the time of issue was computed from its expiry, and depends on the lifetime of that day
     */
    public boolean provesIssueTime(ReadToken token) {
        requireNonNull(token, "token");

        return expiry instanceof ExpiryRule.FromIssueTime
                || token.claims().at(ExpiryRule.FromExp.IAT).isPresent();
    }

    /**
     * Validates a token for the user that it names, in the user's current state.
     *
     * @param token a token of this profile
     * @param user the user with the token's subject as key
     * @param now the current time
     * @return the flaw, or empty if the token is valid
     */
    public Optional<TokenFlaw> flaw(ReadToken token, User user, Instant now) {
        requireNonNull(token, "token");
        requireNonNull(user, "user");

        if (isExpired(token, now)) {
            return Optional.of(TokenFlaw.EXPIRED);
        }
        if (isPremature(token, user, now)) {
            return Optional.of(TokenFlaw.PREMATURE);
        }
        if (!user.status().mayLogIn()) {
            return Optional.of(TokenFlaw.REVOKED);
        }
        return binding.flaw(token, user);
    }

    // A token of ours can have a time ahead of this clock if a node whose clock is ahead changed the password.
    private boolean isPremature(ReadToken token, User user, Instant now) {
        Instant latest = now.plus(skew.compareTo(LEEWAY) > 0 ? skew : LEEWAY);
        Instant own = token.oldSystem() == null ? binding.earliestIssue(user) : Instant.MIN;
        Instant bound = own.isAfter(latest) ? own : latest;
        Optional<Instant> issue =
                expiry instanceof ExpiryRule.FromIssueTime ? Optional.of(token.issuedAt()) : Optional.empty();
        return Stream.of(
                        issue,
                        token.claims().time(ExpiryRule.FromExp.IAT),
                        token.claims().time(NBF))
                .flatMap(Optional::stream)
                .anyMatch(time -> time.isAfter(bound));
    }

    /**
     * Returns the time of issue for a new token.
     *
     * @param user the user of the token
     * @param now the current time
     * @return whole seconds: now, or later if the user's password or identifier was changed within this second
     */
    public Instant issueTime(User user, Instant now) {
        requireNonNull(user, "user");
        requireNonNull(now, "now");

        Instant earliest = binding.earliestIssue(user);
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return earliest.isAfter(second) ? earliest : second;
    }

    /**
     * Returns the time of issue for a new token that the store could not record. A token without the credential gets an earlier time, so that a
     * concurrent password change on another machine counts as later.
     *
     * @param user the user of the token
     * @param now the current time
     * @return whole seconds
     */
    public Instant unnotedIssueTime(User user, Instant now) {
        requireNonNull(user, "user");
        requireNonNull(now, "now");

        return issueTime(user, binding.isInToken() ? now : now.minus(LEEWAY));
    }

    /**
     * Checks whether a new token may be issued although the store could not record it, because a later password change still ends it. It may not
     * while the token needs a time in the future because the user's identifier is new.
     *
     * @param user the user of the token
     * @param now the current time
     * @return whether the token may be issued without a record
     */
    public boolean holdsUnnoted(User user, Instant now) {
        requireNonNull(user, "user");
        requireNonNull(now, "now");
        return !binding.needsIdentifierTimes() || binding.identifierBound(user).compareTo(now.minus(LEEWAY)) <= 0;
    }

    private static boolean isUnreadable(JsonPointer at, Claims token) {
        return token.at(at).isPresent() && token.time(at).isEmpty();
    }

    private static boolean repeats(Set<JsonPointer> places, Template template, JsonObject actual) {
        return places.stream().allMatch(at -> at.in(template.pattern()).equals(at.in(actual)));
    }
}
