package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredAccess;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.ReadToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.token.TokenKey;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenReading;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the user that a token stands for: checks the signature first, then constants and expiry, then session and user (RFC 8725 §3). A token is valid
 * only for the user it was issued to, while that user may log in, until its session is ended, and until a password change if the profile says so. Where
 * sessions are stored, a token's first use reads session and user, and later ones are answered from memory. Thread-safe.
 */
public final class AuthenticateRequest {

    private final UserStore users;
    private final TokenCodec codec;
    private final TokenProfile profile;
    private final InstantSource clock;
    private final @Nullable TokenProfile refresh;
    private final @Nullable Sessions sessions;
    private final String mount;
    private final LongAdder valid = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final boolean remembersUsers;
    private final VerifiedTokens verified;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param codec verifies signatures
     * @param profile the form of the tokens
     * @param refresh the form of signed refresh tokens, which are refused; null if there are none
     * @param clock the source of the current time
     * @param sessions the stored sessions; null if there are none
     * @param mount the name of the login API whose random tokens are accepted
     */
    public AuthenticateRequest(
            UserStore users,
            TokenCodec codec,
            TokenProfile profile,
            @Nullable TokenProfile refresh,
            InstantSource clock,
            @Nullable Sessions sessions,
            String mount) {
        this.refresh = refresh;
        this.sessions = sessions;
        this.mount = requireNonNull(mount, "mount");
        this.remembersUsers = !users.gaps().contains(UserStore.Gap.UNFED_CHANGES);
        this.users = requireNonNull(users, "users");
        this.codec = requireNonNull(codec, "codec");
        this.verified = new VerifiedTokens(codec);
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
         * @param user the user it stands for, as last read
         * @param token the token
         * @param key the key by which it is stored
         * @param session the session that it belongs to; empty if it belongs to no stored one
         */
        record Authenticated(User user, ReadToken token, TokenKey key, Optional<SessionId> session) implements Outcome {

            /** Rejects null components. */
            public Authenticated {
                requireNonNull(user, "user");
                requireNonNull(token, "token");
                requireNonNull(key, "key");
                requireNonNull(session, "session");
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
     * Validates a token. The user is as last read: at most as old as the sessions' delay.
     *
     * @param token anything a client presented
     * @return the user, or a refusal
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome handle(AccessToken token) {
        return handle(requireNonNull(token, "token"), false);
    }

    /**
     * Validates a token, and reads the user in any case.
     *
     * @param token anything a client presented
     * @return the user as currently stored, or a refusal
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome handleWithCurrentUser(AccessToken token) {
        return handle(requireNonNull(token, "token"), true);
    }

    private Outcome handle(AccessToken token, boolean current) {
        Outcome outcome = outcome(token, current);
        (outcome instanceof Outcome.Authenticated ? valid : refused).increment();
        return outcome;
    }

    /**
     * How many tokens were validated since the start.
     *
     * @param valid how many were valid
     * @param refused how many were not
     */
    public record Counts(long valid, long refused) {}

    /** {@return how many tokens were validated since the start} */
    public Counts counts() {
        return new Counts(valid.sum(), refused.sum());
    }

    private Outcome outcome(AccessToken token, boolean current) {
        if (profile.isRandom()) {
            return random(token, current);
        }
        VerifiedTokens.Place place = verified.of(token);
        VerifiedTokens.Verified known = place.get();
        if (known == null) {
            TokenReading reading = read(codec.decode(token));
            if (reading instanceof TokenReading.Refused not) {
                return new Outcome.Refused(not.flaw());
            }
            known = new VerifiedTokens.Verified(((TokenReading.Read) reading).token(), profile.key(token));
            place.put(known);
        }
        if (profile.isExpired(known.token(), clock.instant())) {
            place.remove();
            return new Outcome.Refused(TokenFlaw.EXPIRED);
        }
        return authenticate(known.key(), known.token(), current);
    }

    private TokenReading read(Decoding decoding) {
        if (decoding instanceof Decoding.Refused not) {
            return new TokenReading.Refused(not.flaw());
        }
        Decoding.Verified signed = (Decoding.Verified) decoding;
        return refresh != null && refresh.read(signed) instanceof TokenReading.Read
                ? new TokenReading.Refused(TokenFlaw.FOREIGN)
                : profile.read(signed);
    }

    private Outcome authenticate(TokenKey key, ReadToken token, boolean current) {
        Sessions stored = sessions;
        if (stored == null) {
            return users.find(token.subject())
                    .map(user -> judged(user.user(), token, key, Optional.empty()))
                    .orElseGet(() -> new Outcome.Refused(TokenFlaw.REVOKED));
        }
        stored.checkHeard();
        SessionMemory.Known known = stored.memory().find(key);
        return known == null ? firstUse(stored, key, token) : again(stored, known, key, token, current);
    }

    private Outcome firstUse(Sessions stored, TokenKey key, ReadToken token) {
        long mark = stored.memory().mark();
        Optional<User> user = users.find(token.subject()).map(StoredUser::user);
        if (user.isEmpty()) {
            return new Outcome.Refused(TokenFlaw.REVOKED);
        }
        Optional<StoredAccess> access = stored.store().findAccess(key);
        boolean ended =
                access.map(StoredAccess::ended).orElseGet(() -> isEndedWithoutSession(stored, token, user.get()));
        SessionMemory.Known known = stored.memory()
                .remember(
                        mark,
                        key,
                        user.get(),
                        access.map(found -> found.session().id()).orElse(null),
                        ended);
        return judged(known, user.get(), token, key);
    }

    /** A token that belongs to no session was issued before sessions were stored, or by an old system, or while the store could not write. */
    private boolean isEndedWithoutSession(Sessions stored, ReadToken token, User user) {
        return stored.store()
                .everythingEndedAt(user.id())
                .filter(end -> !profile.provesIssueTime(token)
                        || !token.issuedAt().minus(TokenProfile.LEEWAY).isAfter(end))
                .isPresent();
    }

    private Outcome again(Sessions stored, SessionMemory.Known known, TokenKey key, ReadToken token, boolean current) {
        if (known.ended()) {
            return new Outcome.Refused(TokenFlaw.REVOKED);
        }
        User user = known.owner().user();
        if (!current && remembersUsers) {
            return judged(known, user, token, key);
        }
        long mark = stored.memory().mark();
        Optional<User> read = users.find(new UserKey.ById(user.id())).map(StoredUser::user);
        if (read.isEmpty()) {
            stored.memory().forget(user.id());
            return new Outcome.Refused(TokenFlaw.REVOKED);
        }
        stored.memory().refresh(mark, read.get());
        return judged(known, read.get(), token, key);
    }

    private Outcome judged(SessionMemory.Known known, User user, ReadToken token, TokenKey key) {
        return known.ended()
                ? new Outcome.Refused(TokenFlaw.REVOKED)
                : judged(user, token, key, Optional.ofNullable(known.session()));
    }

    private Outcome judged(User user, ReadToken token, TokenKey key, Optional<SessionId> session) {
        return flaw(token, user)
                .<Outcome>map(Outcome.Refused::new)
                .orElseGet(() -> new Outcome.Authenticated(user, token, key, session));
    }

    /** Only the store can say anything about a random token. */
    private Outcome random(AccessToken token, boolean current) {
        Sessions stored = requireNonNull(sessions, "random tokens need stored sessions");
        stored.checkHeard();
        TokenKey key = profile.key(token);
        SessionMemory.Known known = stored.memory().find(key);
        ReadToken remembered = known == null ? null : known.random();
        if (known != null && remembered != null) {
            return unlessExpired(remembered, () -> again(stored, known, key, remembered, current));
        }
        long mark = stored.memory().mark();
        Optional<StoredAccess> access = stored.store()
                .findAccess(key)
                .filter(found -> found.session().mount().equals(mount));
        if (access.isEmpty()) {
            return new Outcome.Refused(TokenFlaw.BAD_SIGNATURE);
        }
        UserKey.ById subject = new UserKey.ById(access.get().session().userId());
        ReadToken read = new ReadToken(
                Claims.NONE,
                null,
                subject,
                access.get().issuedAt(),
                access.get().expiresAt(),
                null);
        return unlessExpired(read, () -> {
            Optional<User> user = users.find(subject).map(StoredUser::user);
            return user.map(found -> judged(
                            stored.memory()
                                    .remember(
                                            mark,
                                            key,
                                            found,
                                            access.get().session().id(),
                                            access.get().ended(),
                                            read),
                            found,
                            read,
                            key))
                    .orElseGet(() -> new Outcome.Refused(TokenFlaw.REVOKED));
        });
    }

    private Outcome unlessExpired(ReadToken token, Supplier<Outcome> further) {
        return profile.isExpired(token, clock.instant()) ? new Outcome.Refused(TokenFlaw.EXPIRED) : further.get();
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
