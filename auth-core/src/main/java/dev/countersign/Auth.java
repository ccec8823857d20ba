package dev.countersign;

import static java.util.Objects.requireNonNull;

import dev.countersign.dialect.Dialect;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.port.UserStore.Gap;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.token.AccessToken;
import dev.countersign.token.RefreshToken;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.IssueRefreshToken;
import dev.countersign.usecase.IssueToken;
import dev.countersign.usecase.IssueTokens;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.LogOut;
import dev.countersign.usecase.RefreshSession;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.RenewToken;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The assembled library: one kind of token over one store of users. Its methods are its use cases: an expected refusal is an {@code Outcome}, a
 * failure an {@link AuthFault}. Using a closed password throws {@link IllegalStateException}. Immutable; as thread-safe as the given ports.
 */
public final class Auth {

    private final @Nullable Dialect dialect;
    private final LogIn logIn;
    private final AuthenticateRequest authenticate;
    private final RegisterUser register;
    private final UpdateUser update;
    private final ChangeOwnUser changeOwn;
    private final @Nullable RefreshSession refresh;
    private final @Nullable RenewToken renew;
    private final @Nullable LogOut logOut;
    private final TokenCodec codec;
    private final InstantSource clock;
    private final int longestPasswordBytes;

    private Auth(Builder from, TokenProfile profile, PasswordPolicy policy) {
        UserStore users = requireNonNull(from.users);
        PasswordHasher hasher = requireNonNull(from.hasher);
        this.clock = requireNonNull(from.clock);
        SecureRandom random = requireNonNull(from.random);
        this.dialect = from.dialect;
        this.codec = requireNonNull(from.codec);
        this.longestPasswordBytes = hasher.longestBytes();
        IssueToken issueToken = new IssueToken(profile, codec, random);
        IssueRefreshToken issueRefresh = new IssueRefreshToken(codec, random);
        Sessions sessions = from.sessions;
        RefreshRules rules = from.rules();
        IssueTokens issueTokens = new IssueTokens(issueToken, issueRefresh, rules, sessions, from.mount, random);
        Predicate<User> fits = from.fits.and(issueToken::isShortFor);
        DecoyMix decoys = from.decoys == null ? DecoyMix.ofNewHashes(hasher) : from.decoys;
        this.logIn = new LogIn(users, hasher, decoys, issueTokens, clock, from.onLostLoginNote);
        this.authenticate = new AuthenticateRequest(
                users,
                codec,
                profile,
                rules == null ? null : rules.profile().orElse(null),
                clock,
                sessions,
                from.mount);
        this.register = from.registration.apply(new RegisterUser(users, hasher, policy, clock, random).fitting(fits));
        UpdateUser updating = new UpdateUser(users, hasher, policy, clock).fitting(fits);
        this.update = sessions == null ? updating : updating.ending(sessions, profile.revocation());
        this.changeOwn = new ChangeOwnUser(update, authenticate, logIn);
        this.refresh = sessions == null || rules == null
                ? null
                : new RefreshSession(users, sessions, rules, issueTokens, issueRefresh, codec, from.mount, clock);
        this.logOut = sessions == null ? null : new LogOut(sessions, refresh, from.mount, clock, random);
        this.renew = sessions == null
                ? null
                : new RenewToken(users, sessions, issueTokens, authenticate, requireNonNull(logOut), clock);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the dialect it was built with; empty if it was built with {@link Builder#tokens}} */
    public Optional<Dialect> dialect() {
        return Optional.ofNullable(dialect);
    }

    /**
     * Logs a user in with a password, see {@link LogIn}.
     *
     * @param attempt the identifier and the password
     * @return the user and a token, or a refusal
     * @throws AuthFault if the store fails
     */
    public LogIn.Outcome logIn(LogIn.Attempt attempt) {
        return logIn.handle(requireNonNull(attempt, "attempt"));
    }

    /**
     * Validates a token and finds its user, see {@link AuthenticateRequest}. Where sessions are stored, the user is at most as old as their delay.
     *
     * @param token anything a client presented
     * @return the user, or a refusal
     * @throws AuthFault if the store fails
     */
    public AuthenticateRequest.Outcome authenticate(AccessToken token) {
        return authenticate.handle(requireNonNull(token, "token"));
    }

    /**
     * Validates a token and reads its user from the store.
     *
     * @param token anything a client presented
     * @return the user as currently stored, or a refusal
     * @throws AuthFault if the store fails
     */
    public AuthenticateRequest.Outcome authenticateWithCurrentUser(AccessToken token) {
        return authenticate.handleWithCurrentUser(requireNonNull(token, "token"));
    }

    /**
     * Exchanges a refresh token for new tokens, see {@link RefreshSession}.
     *
     * @param token anything a client presented
     * @return the user and new tokens, or a refusal
     * @throws AuthFault if the store fails
     * @throws IllegalStateException if there are no refresh tokens
     */
    public RefreshSession.Outcome refresh(RefreshToken token) {
        requireNonNull(token, "token");

        return present(refresh, "refresh tokens").handle(token);
    }

    /**
     * Issues a new access token for a valid one, see {@link RenewToken}.
     *
     * @param by the result of authenticating the request
     * @param presented what happens to its token
     * @return the user and the token, or a refusal
     * @throws AuthFault if the store fails
     * @throws IllegalStateException if sessions are not stored
     */
    public RenewToken.Outcome renew(AuthenticateRequest.Outcome.Authenticated by, RenewToken.Presented presented) {
        requireNonNull(by, "by");
        requireNonNull(presented, "presented");

        return present(renew, "sessions").handle(by, presented, "");
    }

    /**
     * Ends and lists sessions.
     *
     * @return the use case
     * @throws IllegalStateException if sessions are not stored
     */
    public LogOut logOut() {
        return present(logOut, "sessions");
    }

    private static <T> T present(@Nullable T part, String what) {
        if (part == null) {
            throw new IllegalStateException(
                    "this Auth has no " + what + ": give it sessions with Auth.builder().sessions(…)");
        }
        return part;
    }

    /** {@return whether sessions are stored, so that tokens can be ended one by one} */
    public boolean hasSessions() {
        return logOut != null;
    }

    /**
     * Stores a new user, see {@link RegisterUser}.
     *
     * @param registration the user
     * @return the user, or all problems
     * @throws AuthFault if the store fails
     */
    public RegisterUser.Outcome register(Registration registration) {
        return register.handle(requireNonNull(registration, "registration"));
    }

    /**
     * Changes a user, see {@link UpdateUser}. The caller must have checked that the change is allowed, such as for an administrator.
     *
     * @param id the user's number
     * @param change what to change
     * @return the user after the change, or why nothing was changed
     * @throws AuthFault if the store fails
     */
    public UpdateUser.Outcome update(UserId id, UserChange change) {
        requireNonNull(id, "id");
        requireNonNull(change, "change");

        return update.handle(id, change);
    }

    /**
     * Changes the user that a request acts as, see {@link ChangeOwnUser}: the request's token is validated again with the write.
     *
     * @param by the result of authenticating the request
     * @param change what to change
     * @return the user after the change and the token for further requests, or why nothing was changed
     * @throws AuthFault if the store fails
     */
    public ChangeOwnUser.Outcome update(AuthenticateRequest.Outcome.Authenticated by, UserChange change) {
        requireNonNull(by, "by");
        requireNonNull(change, "change");

        return changeOwn.handle(by, change);
    }

    /**
     * Issues the first tokens of a newly registered user, with the time of the registration.
     *
     * @param registered the user as {@link #register} returned it
     * @return the tokens
     * @throws AuthFault if the store fails
     */
    public IssuedTokens issueFirstTokens(User registered) {
        return issueFirstTokens(registered, "");
    }

    /**
     * Issues the first tokens of a newly registered user, with the time of the registration.
     *
     * @param registered the user as {@link #register} returned it
     * @param client what the client calls itself, for the list of sessions; empty if unknown
     * @return the tokens
     * @throws AuthFault if the store fails
     */
    public IssuedTokens issueFirstTokens(User registered, String client) {
        return logIn.firstTokens(requireNonNull(registered, "registered"), requireNonNull(client, "client"));
    }

    /**
     * Issues a token to a user who was authenticated by other means than a password, and records the login.
     *
     * @param user the user
     * @return the user and the token; a refusal if the user may no longer log in
     * @throws AuthFault if the store fails
     */
    public LogIn.Outcome logInWithoutPassword(User user) {
        return logIn.withoutPassword(requireNonNull(user, "user"));
    }

    /** {@return the public keys as JWKs (RFC 7517 §4); none where tokens are signed with a shared secret} */
    public List<JsonObject> publicKeys() {
        return codec.publicKeys();
    }

    /** {@return how many logins could not be recorded since the start, because the store failed or was too slow} */
    public long lostLoginNotes() {
        return logIn.lostNotes();
    }

    /** {@return the clock it was given} */
    public InstantSource clock() {
        return clock;
    }

    /** {@return the most bytes of UTF-8 that a new password may have} */
    public int longestPasswordBytes() {
        return longestPasswordBytes;
    }

    /** Assembles an {@link Auth}. Required: users, hasher, clock, random, and either {@link #dialect} or {@link #tokens}. Not thread-safe. */
    public static final class Builder {

        private static final int LONGEST_NAME = 100;

        private @Nullable UserStore users;
        private @Nullable PasswordHasher hasher;
        private @Nullable PasswordPolicy policy;
        private @Nullable Predicate<String> common;
        private @Nullable Dialect dialect;
        private @Nullable DecoyMix decoys;
        private @Nullable TokenProfile profile;
        private @Nullable TokenCodec codec;
        private @Nullable InstantSource clock;
        private @Nullable SecureRandom random;
        private @Nullable Sessions sessions;
        private @Nullable RefreshRules refresh;
        private String mount = "";
        private UnaryOperator<RegisterUser> registration = UnaryOperator.identity();
        private Predicate<User> fits = user -> true;
        private Consumer<RuntimeException> onLostLoginNote = lost -> {};

        private Builder() {}

        /** {@return this builder, with the store of users} */
        public Builder users(UserStore store) {
            this.users = requireNonNull(store, "users");
            return this;
        }

        /** {@return this builder, with the hasher of passwords} */
        public Builder hasher(PasswordHasher passwordHasher) {
            this.hasher = requireNonNull(passwordHasher, "hasher");
            return this;
        }

        /**
         * Sets the dialect, which also determines the form of tokens and the rules for new passwords. Excludes {@link #tokens}.
         *
         * @param spoken the wire contract
         * @param tokenCodec signs and verifies under the dialect's algorithm
         * @param commonPasswords tests whether a password is on a list of common ones, which most dialects refuse
         * @return this builder
         * @throws IllegalStateException if another dialect was given before
         */
        public Builder dialect(Dialect spoken, TokenCodec tokenCodec, Predicate<String> commonPasswords) {
            requireNonNull(spoken, "dialect");
            requireNonNull(tokenCodec, "codec");
            requireNonNull(commonPasswords, "commonPasswords");
            if (dialect != null && !dialect.equals(spoken)) {
                throw new IllegalStateException("the dialect is given once; it is " + dialect.name() + " already");
            }
            this.dialect = spoken;
            this.codec = tokenCodec;
            this.common = commonPasswords;
            return this;
        }

        /**
         * Sets up tokens without a dialect, for an application with its own HTTP interface. Excludes {@link #dialect}.
         *
         * @param tokenProfile the form of the tokens
         * @param tokenCodec signs and verifies them
         * @param passwordPolicy the rules for new passwords
         * @return this builder
         */
        public Builder tokens(TokenProfile tokenProfile, TokenCodec tokenCodec, PasswordPolicy passwordPolicy) {
            this.profile = requireNonNull(tokenProfile, "profile");
            this.codec = requireNonNull(tokenCodec, "codec");
            this.policy = requireNonNull(passwordPolicy, "policy");
            return this;
        }

        /**
         * Makes a login of an unknown user cost as much as those of stored users. Without it such a login costs as much as a new hash, which is enough while all
         * stored hashes have that cost.
         *
         * @param mix the decoys; one instance for all {@code Auth}s that share a store
         * @return this builder
         */
        public Builder decoys(DecoyMix mix) {
            this.decoys = requireNonNull(mix, "mix");
            return this;
        }

        /**
         * Stores sessions, so that they can be ended, listed and refreshed. Close them after the last request.
         *
         * @param stored the sessions; one instance for all {@code Auth}s that share a store
         * @param name the name of this login API, 1 to 100 characters: refresh tokens of another one are refused. It must stay the same.
         * @return this builder
         * @throws IllegalArgumentException if the name is empty or too long
         */
        public Builder sessions(Sessions stored, String name) {
            this.sessions = requireNonNull(stored, "sessions");
            requireNonNull(name, "name");
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("the name has 1 to " + LONGEST_NAME + " characters: " + name);
            }
            this.mount = name;
            return this;
        }

        /** {@return this builder, with refresh tokens; only for {@link #tokens}, because a dialect has its own rules} */
        public Builder refresh(RefreshRules rules) {
            this.refresh = requireNonNull(rules, "rules");
            return this;
        }

        private @Nullable RefreshRules rules() {
            return dialect == null ? refresh : dialect.refresh().orElse(null);
        }

        /** {@return this builder, with the clock, such as {@code InstantSource.system()}} */
        public Builder clock(InstantSource source) {
            this.clock = requireNonNull(source, "clock");
            return this;
        }

        /** {@return this builder, with the source of token ids and UUIDs} */
        public Builder random(SecureRandom source) {
            this.random = requireNonNull(source, "random");
            return this;
        }

        /**
         * Stores more data with each user who registers, such as a row of the application's own, in one transaction. Calls accumulate.
         *
         * @param unit a unit of work that the store of users takes part in
         * @param also see {@link RegisterUser#along}
         * @return this builder
         */
        public Builder onRegistration(UnitOfWork unit, Consumer<User> also) {
            requireNonNull(unit, "unit");
            requireNonNull(also, "also");
            UnaryOperator<RegisterUser> before = registration;
            this.registration = register -> before.apply(register).along(unit, also);
            return this;
        }

        /**
         * Refuses attributes that make a user too large for another purpose, such as the tokens of another dialect over the same users. Calls
         * accumulate.
         *
         * @param test returns whether a user is small enough
         * @return this builder
         */
        public Builder alsoFitting(Predicate<User> test) {
            this.fits = fits.and(requireNonNull(test, "test"));
            return this;
        }

        /**
         * Reports logins that could not be recorded. Such logins succeed nevertheless: a store that cannot write, or is slow, must not lock users
         * out.
         *
         * @param listener is called with the reason, on another thread
         * @return this builder
         */
        public Builder onLostLoginNote(Consumer<RuntimeException> listener) {
            this.onLostLoginNote = requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Builds the library.
         *
         * @return the library
         * @throws IllegalStateException if parts are missing, naming all of them, or contradict each other: both a dialect and a token profile, a codec
         *     of another algorithm than the tokens', a store with a {@link Gap} that the tokens depend on
         */
        public Auth build() {
            List<String> missing = new ArrayList<>();
            note(users, "users", missing);
            note(hasher, "hasher", missing);
            note(codec, "dialect or tokens", missing);
            note(clock, "clock", missing);
            note(random, "random", missing);
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Auth.builder() still needs: " + String.join(", ", missing));
            }
            if (dialect != null && profile != null) {
                throw new IllegalStateException("the dialect " + dialect.name()
                        + " has its own kind of token; call either dialect(…) or tokens(…)");
            }
            TokenProfile tokens = dialect == null ? requireNonNull(profile) : dialect.token();
            String signed = requireNonNull(codec).algorithm();
            if (!tokens.algorithm().equals(signed)) {
                throw new IllegalStateException(
                        "the tokens are signed with " + tokens.algorithm() + " but the codec signs with " + signed);
            }
            checkGaps(tokens, requireNonNull(users));
            checkSessions(tokens);
            return new Auth(
                    this,
                    tokens,
                    dialect == null
                            ? requireNonNull(policy)
                            : dialect.passwords().policy(requireNonNull(common)));
        }

        private void checkSessions(TokenProfile tokens) {
            boolean isAmbiguous = Optional.ofNullable(rules())
                    .flatMap(RefreshRules::profile)
                    .filter(refreshed -> refreshed.reads(tokens))
                    .isPresent();
            if (isAmbiguous) {
                throw new IllegalStateException(
                        "an access token would pass as a refresh token: give refresh tokens a constant"
                                + " that access tokens lack, and ask for it in match_claims");
            }
            if (sessions != null) {
                return;
            }
            if (rules() != null || tokens.isRandom()) {
                throw new IllegalStateException((tokens.isRandom() ? "random access tokens" : "refresh tokens")
                        + " need stored sessions: call sessions(…)");
            }
            if (tokens.revocation() == Revocation.OTHERS_BY_PASSWORD_CHANGE) {
                throw new IllegalStateException(
                        "that a password change ends other sessions only needs stored sessions: call sessions(…)");
            }
        }

        private static void checkGaps(TokenProfile tokens, UserStore users) {
            Set<Gap> gaps = users.gaps();
            boolean ended = tokens.revocation() == Revocation.BY_PASSWORD_CHANGE && !tokens.isRandom();
            if (ended && gaps.contains(Gap.PASSWORD_CHANGES)) {
                throw new IllegalStateException(
                        "a password change ends tokens, but the store of users does not know when a"
                                + " password was changed: give its table a column for that, or set"
                                + " revocation: none_tokens_outlive_password_change in the dialect's file");
            }
            if (ended && !tokens.carriesCredential() && gaps.contains(Gap.TOKEN_TIMES)) {
                throw new IllegalStateException(
                        "a password change ends tokens, but the store of users does not know when tokens"
                                + " were issued: give its table a column for that or for the latest login, or the tokens a claim that is"
                                + " ${token.credential}");
            }
            if (tokens.needsIdentifierTimes() && gaps.contains(Gap.IDENTIFIER_TIMES)) {
                throw new IllegalStateException("tokens name their user by "
                        + tokens.subject().names().name().toLowerCase(Locale.ROOT)
                        + ", but the store of users does not know since when a user has it: give its table a column for the time of"
                        + " the last change, or the tokens a claim that is ${token.credential}");
            }
        }

        private static void note(@Nullable Object part, String name, List<String> missing) {
            if (part == null) {
                missing.add(name);
            }
        }
    }
}
