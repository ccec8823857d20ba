package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.ReadToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenReading;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the user that a token stands for: checks the signature first, then constants and expiry, then the user as currently stored (RFC 8725 §3). A
 * token is valid only for the user it was issued to, while that user may log in, and until a password change if the profile says so. Thread-safe.
 */
public final class AuthenticateRequest {

    private final UserStore users;
    private final TokenCodec codec;
    private final TokenProfile profile;
    private final InstantSource clock;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param codec verifies signatures
     * @param profile the form of the tokens
     * @param clock the source of the current time
     */
    public AuthenticateRequest(UserStore users, TokenCodec codec, TokenProfile profile, InstantSource clock) {
        this.users = requireNonNull(users, "users");
        this.codec = requireNonNull(codec, "codec");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /** The result of authenticating a request. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param authenticated applied to a valid token
         * @param refused applied to an invalid one
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super Authenticated, ? extends R> authenticated,
                Function<? super Refused, ? extends R> refused) {
            requireNonNull(authenticated, "authenticated");
            requireNonNull(refused, "refused");
            return this instanceof Authenticated by ? authenticated.apply(by) : refused.apply((Refused) this);
        }

        /**
         * The token is valid.
         *
         * @param user the user it stands for, as currently stored
         * @param token the token
         */
        record Authenticated(User user, ReadToken token) implements Outcome {

            /** Rejects null components. */
            public Authenticated {
                requireNonNull(user, "user");
                requireNonNull(token, "token");
            }
        }

        /**
         * The token is not valid.
         *
         * @param flaw the reason
         */
        record Refused(TokenFlaw flaw) implements Outcome {

            /** Rejects null. */
            public Refused {
                requireNonNull(flaw, "flaw");
            }
        }
    }

    /**
     * Validates a token.
     *
     * @param token anything a client presented
     * @return the user, or a refusal
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome handle(AccessToken token) {
        Decoding decoding = codec.decode(requireNonNull(token, "token"));
        if (decoding instanceof Decoding.Refused refused) {
            return new Outcome.Refused(refused.flaw());
        }
        TokenReading reading = profile.read((Decoding.Verified) decoding);
        return reading instanceof TokenReading.Read read
                ? authenticate(read.token())
                : new Outcome.Refused(((TokenReading.Refused) reading).flaw());
    }

    private Outcome authenticate(ReadToken token) {
        if (profile.isExpired(token, clock.instant())) {
            return new Outcome.Refused(TokenFlaw.EXPIRED);
        }
        Optional<User> user = users.find(token.subject()).map(StoredUser::user);
        if (user.isEmpty()) {
            return new Outcome.Refused(TokenFlaw.REVOKED);
        }
        return flaw(token, user.get())
                .<Outcome>map(Outcome.Refused::new)
                .orElseGet(() -> new Outcome.Authenticated(user.get(), token));
    }

    /**
     * Validates an accepted token again, for the user as currently stored.
     *
     * @param token the token
     * @param user the user with the number that the token was accepted for
     * @return the flaw, or empty if the token is still valid
     */
    Optional<TokenFlaw> flaw(ReadToken token, User user) {
        return token.subject().isOf(user) ? profile.flaw(token, user, clock.instant()) : Optional.of(TokenFlaw.REVOKED);
    }
}
