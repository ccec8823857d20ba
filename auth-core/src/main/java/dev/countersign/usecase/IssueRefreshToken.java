package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.countersign.port.TokenCodec;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.AccessToken;
import dev.countersign.token.RefreshToken;
import dev.countersign.token.TokenKey;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenSlots;
import dev.countersign.user.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes refresh tokens: the first one of a session from 256 random bits, and each successor from its predecessor and a random seed. Who has the
 * predecessor gets the same successor again, and the store, which has only the seed, cannot make it. Thread-safe.
 */
public final class IssueRefreshToken {

    private static final BaseEncoding BASE64URL = BaseEncoding.base64Url().omitPadding();
    private static final int BYTES = 32;

    private final TokenCodec codec;
    private final SecureRandom random;

    /**
     * Assembles the use case.
     *
     * @param codec signs refresh tokens that are signed
     * @param random the source of tokens and seeds
     */
    public IssueRefreshToken(TokenCodec codec, SecureRandom random) {
        this.codec = requireNonNull(codec, "codec");
        this.random = requireNonNull(random, "random");
    }

    IssuedTokens.Refresh first(User user, RefreshRules rules, Instant issuedAt, Instant startedAt, SessionId session) {
        return issued(user, rules, bytes(), issuedAt, startedAt, session);
    }

    /** The successor of a token; the same for the same token and use. */
    IssuedTokens.Refresh next(
            User user, RefreshRules rules, RefreshToken presented, StoredRefresh.Spent spent, Session session) {
        byte[] material = Hashing.hmacSha256(presented.revealText().getBytes(StandardCharsets.UTF_8))
                .hashString("countersign refresh\n" + spent.seed(), StandardCharsets.UTF_8)
                .asBytes();
        return issued(
                user, rules, material, spent.at().truncatedTo(ChronoUnit.SECONDS), session.startedAt(), session.id());
    }

    String seed() {
        return BASE64URL.encode(bytes());
    }

    /** The key of a refresh token. */
    TokenKey key(RefreshToken token, @Nullable RefreshRules rules) {
        return rules != null && rules.profile().isPresent()
                ? TokenKey.ofSigned(AccessToken.of(token.revealText()))
                : TokenKey.ofText(token.revealText());
    }

    private IssuedTokens.Refresh issued(
            User user, RefreshRules rules, byte[] material, Instant issuedAt, Instant startedAt, SessionId session) {
        Instant idle = issuedAt.plus(rules.idle());
        Instant absolute = startedAt.plus(rules.absolute());
        Instant expiresAt = absolute.isBefore(idle) ? absolute : idle;
        String text = rules.profile()
                .map(profile -> signed(profile, user, material, issuedAt, session))
                .orElseGet(() -> BASE64URL.encode(material));
        return new IssuedTokens.Refresh(RefreshToken.of(text), issuedAt, expiresAt);
    }

    private String signed(TokenProfile profile, User user, byte[] material, Instant issuedAt, SessionId session) {
        ByteBuffer numbers = ByteBuffer.wrap(material);
        UUID id = RandomUuid.of(numbers.getLong(), numbers.getLong());
        return codec.encode(profile.fill(TokenSlots.of(
                        profile, user, id.toString(), codec.keyId(), issuedAt, Optional.of(session.toString()))))
                .revealCompact();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
