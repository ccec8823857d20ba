package dev.countersign.usecase;

import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides whom a token speaks for: signature first, then constants and times, then the user (RFC 8725 §3). A disabled or deleted user's token is
 * refused at once, and one from before a password change where the profile says so. Thread-safe.
 */
public final class AuthenticateRequest {

    private final UserStore users;
    private final TokenCodec codec;
    private final TokenProfile profile;
    private final InstantSource clock;

    /**
     * Needs everything.
     *
     * @param users where users are kept
     * @param codec verifies signatures
     * @param profile the form of the tokens
     * @param clock the present
     */
    public AuthenticateRequest(UserStore users, TokenCodec codec, TokenProfile profile, InstantSource clock) {
        this.users = users;
        this.codec = codec;
        this.profile = profile;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Outcome {

        /**
         * The token holds.
         *
         * @param user the user it speaks for, as stored now
         * @param token the token's statements
         * @param issuedAt when the token was issued
         * @param expiresAt when it ends
         */
        record Authenticated(User user, Claims token, Instant issuedAt, Instant expiresAt) implements Outcome {}

        /**
         * The token does not hold.
         *
         * @param flaw why
         */
        record Refused(TokenFlaw flaw) implements Outcome {}
    }

    /**
     * Judges a token.
     *
     * @param token anything a client presented
     * @return the user, or a refusal
     */
    public Outcome handle(AccessToken token) {
        Decoding decoding = codec.decode(token);
        if (decoding instanceof Decoding.Refused refused) {
            return new Outcome.Refused(refused.flaw());
        }
        Claims claims = ((Decoding.Verified) decoding).claims();
        Optional<TokenFlaw> flaw = profile.judge(claims, clock.instant());
        return flaw.isPresent() ? new Outcome.Refused(flaw.get()) : authenticate(claims);
    }

    private Outcome authenticate(Claims claims) {
        UserKey key = profile.subject().key(claims).orElseThrow();
        Optional<User> user = users.find(key)
                .map(StoredUser::user)
                .filter(found -> found.status().mayLogIn());
        if (user.isEmpty() || isOutlived(user.get(), claims)) {
            return new Outcome.Refused(TokenFlaw.REVOKED);
        }
        return new Outcome.Authenticated(
                user.get(),
                claims,
                profile.expiry().issuedAt(claims).orElseThrow(),
                profile.expiry().expiry(claims).orElseThrow());
    }

    private boolean isOutlived(User user, Claims claims) {
        Instant changed = user.passwordChangedAt();
        return changed != null && profile.isRevoked(claims, changed);
    }
}
