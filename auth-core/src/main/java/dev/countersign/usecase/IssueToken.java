package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import com.google.common.io.BaseEncoding;
import dev.countersign.port.TokenCodec;
import dev.countersign.session.SessionId;
import dev.countersign.token.AccessToken;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenSlots;
import dev.countersign.user.User;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** Issues an access token for a user: fills the profile's header and claims and signs them, or makes a random text. Thread-safe. */
public final class IssueToken {

    private static final String LONGEST_ID = "00000000-0000-4000-8000-000000000000";
    private static final int RANDOM_BYTES = 32;

    private final TokenProfile profile;
    private final TokenCodec codec;
    private final SecureRandom random;

    /**
     * Assembles the use case.
     *
     * @param profile the form of the tokens
     * @param codec signs under the profile's algorithm
     * @param random the source of token ids
     */
    public IssueToken(TokenProfile profile, TokenCodec codec, SecureRandom random) {
        this.profile = requireNonNull(profile, "profile");
        this.codec = requireNonNull(codec, "codec");
        this.random = requireNonNull(random, "random");
    }

    /** {@return the form of the tokens} */
    public TokenProfile profile() {
        return profile;
    }

    /**
     * Issues a token.
     *
     * @param user the user of the token
     * @param issuedAt the time of issue, in whole seconds, such as {@link TokenProfile#issueTime}
     * @param session the id of its session; empty if sessions are not stored
     * @return the token
     * @throws IllegalArgumentException if the token would be too long
     */
    public IssuedToken handle(User user, Instant issuedAt, Optional<SessionId> session) {
        requireNonNull(user, "user");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(session, "session");

        String id = RandomUuid.from(random).toString();
        AccessToken token = profile.isRandom()
                ? randomToken()
                : codec.encode(profile.fill(
                        TokenSlots.of(profile, user, id, codec.keyId(), issuedAt, session.map(SessionId::toString))));
        return new IssuedToken(token, id, issuedAt, issuedAt.plus(profile.lifetime()));
    }

    private AccessToken randomToken() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return AccessToken.of(BaseEncoding.base64Url().omitPadding().encode(bytes));
    }

    /**
     * Checks whether a user's token is short enough to be accepted.
     *
     * @param user the user of the token
     * @return whether the token is short enough
     */
    public boolean isShortFor(User user) {
        try {
            Instant issuedAt = profile.issueTime(user, user.createdAt());
            codec.encode(profile.fill(
                    TokenSlots.of(profile, user, LONGEST_ID, codec.keyId(), issuedAt, Optional.of(LONGEST_ID))));
            return true;
        } catch (IllegalArgumentException tooLong) {
            return false;
        }
    }
}
