package dev.countersign.token;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.user.Identifier;
import dev.countersign.user.Origin;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a token belongs to the user that it names and to the user's current password. If the token carries {@code ${token.credential}}, the
 * credential decides. Otherwise the time of issue does: the store gives each password change a later time than every token that it knows, and a new
 * token gets a later time than the change before it. A token of an old system is valid only for identifiers that came from that system. Immutable.
 */
final class TokenBinding {

    private static final int CREDENTIAL_BYTES = 12;

    private final SubjectClaim subject;
    private final Revocation revocation;
    private final @Nullable JsonPointer credentialAt;

    TokenBinding(SubjectClaim subject, Revocation revocation, Optional<JsonPointer> credentialAt) {
        this.subject = subject;
        this.revocation = revocation;
        this.credentialAt = credentialAt.orElse(null);
    }

    /** Whether tokens carry the credential, so that times do not decide. */
    boolean isInToken() {
        return credentialAt != null;
    }

    /** Whether tokens identify their user only by an identifier that can become another user's. */
    boolean needsIdentifierTimes() {
        return credentialAt == null && subject.names().canChangeHands();
    }

    /** The credential in a token; null if it has none. */
    @Nullable
    String credential(Claims token) {
        return credentialAt == null
                ? null
                : token.at(credentialAt)
                        .map(json ->
                                json instanceof JsonString text ? text.value() : json.typeName() + " instead of text")
                        .orElse(null);
    }

    /** The text that binds a token to a user and to the current password; it reveals neither. */
    String credential(User user) {
        Instant changed = user.passwordChangedAt();
        String version = revocation == Revocation.BY_PASSWORD_CHANGE && changed != null ? changed.toString() : "";
        byte[] digest = Hashing.sha256()
                .hashString("countersign credential\n" + user.uuid() + "\n" + version, StandardCharsets.UTF_8)
                .asBytes();
        return BaseEncoding.base64Url().omitPadding().encode(Arrays.copyOf(digest, CREDENTIAL_BYTES));
    }

    /** The earliest time of issue, in whole seconds, that a token of ours for the user's current state can have. */
    Instant earliestIssue(User user) {
        Origin origin = user.origin();
        Instant earliest = origin.storedAt().truncatedTo(ChronoUnit.SECONDS);
        if (credentialAt != null) {
            return earliest;
        }
        if (subject.names().canChangeHands()) {
            earliest = latest(earliest, identifierBound(user));
        }
        Instant changed = user.passwordChangedAt();
        return revocation == Revocation.BY_PASSWORD_CHANGE && changed != null
                ? latest(earliest, ceiling(changed))
                : earliest;
    }

    /**
     * The earliest time of issue of a token that names the user by its current identifier: the former owner's machine may have had a clock that was
     * ahead.
     */
    Instant identifierBound(User user) {
        return after(subject.names().since(user.origin())).plus(TokenProfile.LEEWAY);
    }

    /** The flaw of a token that names the user; empty if the token is valid for the user. */
    Optional<TokenFlaw> flaw(ReadToken token, User user) {
        if (!names(token.subject(), user)) {
            return Optional.of(token.oldSystem() == null ? TokenFlaw.REVOKED : TokenFlaw.FOREIGN);
        }
        return token.oldSystem() == null ? flawOfOwn(token, user) : flawOfOld(token, token.oldSystem(), user);
    }

    /** A token must name its user exactly as stored: another spelling may belong to another user with an equal identifier. */
    private static boolean names(UserKey subject, User user) {
        if (subject instanceof UserKey.ByEmail byEmail) {
            return isSame(byEmail.email(), user.email());
        }
        return !(subject instanceof UserKey.ByUsername byUsername) || isSame(byUsername.username(), user.username());
    }

    private static boolean isSame(Identifier named, @Nullable Identifier stored) {
        return stored != null && named.text().equals(stored.text());
    }

    private Optional<TokenFlaw> flawOfOwn(ReadToken token, User user) {
        if (token.credential() != null) {
            boolean same = isEqual(token.credential(), credential(user));
            boolean stored = !token.issuedAt().isBefore(user.origin().storedAt().truncatedTo(ChronoUnit.SECONDS));
            return same && stored ? Optional.empty() : Optional.of(TokenFlaw.REVOKED);
        }
        // Also decides for tokens issued before the dialect's file contained the credential.
        TokenBinding byTime = credentialAt == null ? this : new TokenBinding(subject, revocation, Optional.empty());
        return token.issuedAt().isBefore(byTime.earliestIssue(user))
                ? Optional.of(TokenFlaw.REVOKED)
                : Optional.empty();
    }

    private Optional<TokenFlaw> flawOfOld(ReadToken token, String system, User user) {
        Origin origin = user.origin();
        boolean proven = origin.keeps(subject.names().kept(), system)
                && (!subject.names().canChangeHands()
                        || !token.issuedAt().isBefore(after(subject.names().since(origin))));
        if (!proven) {
            return Optional.of(TokenFlaw.FOREIGN);
        }
        Instant changed = user.passwordChangedAt();
        boolean outlived = revocation == Revocation.BY_PASSWORD_CHANGE
                && changed != null
                && token.issuedAt().isBefore(after(changed));
        return outlived ? Optional.of(TokenFlaw.REVOKED) : Optional.empty();
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The first whole second that is not before a time. */
    private static Instant ceiling(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(time) ? second : second.plus(Duration.ofSeconds(1));
    }

    /** The first whole second after a time: events in the same second cannot be ordered. */
    private static Instant after(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1));
    }
}
