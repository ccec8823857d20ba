package dev.countersign;

import static java.util.Objects.requireNonNull;

import dev.countersign.dialect.Dialect;
import dev.countersign.event.Actor;
import dev.countersign.hashing.BudgetedHasher;
import dev.countersign.hashing.HashBudget;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.token.AccessToken;
import dev.countersign.token.RefreshToken;
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
import dev.countersign.usecase.Reporter;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.Throttle;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The assembled library: one kind of token over one store of users. Its methods are its use cases: an expected refusal is an {@code Outcome}, a
 * failure an {@link AuthFault}, an {@link OverloadFault} where the hash budget has no room for a registration or change. Using a closed password throws {@link IllegalStateException}. Immutable; as thread-safe as the given ports.
 */
public final class Auth {

    private final @Nullable Dialect dialect;
    private final HashBudget hashBudget;
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
    private final String mount;
    private final int longestPasswordBytes;

    Auth(AuthBuilder from, TokenProfile profile, PasswordPolicy policy) {
        UserStore users = requireNonNull(from.users);
        PasswordHasher raw = requireNonNull(from.hasher);
        this.hashBudget = from.hashBudget == null ? HashBudget.ofThisMachine() : from.hashBudget;
        BudgetedHasher hasher = hashBudget.over(raw);
        this.clock = requireNonNull(from.clock);
        this.mount = from.mount;
        SecureRandom random = requireNonNull(from.random);
        Reporter reporter = from.reporter(clock);
        this.dialect = from.dialect;
        this.codec = requireNonNull(from.codec);
        this.longestPasswordBytes = hasher.longestBytes();
        IssueToken issueToken = new IssueToken(profile, codec, random);
        IssueRefreshToken issueRefresh = new IssueRefreshToken(codec, random);
        Sessions sessions = from.sessions;
        RefreshRules rules = from.rules();
        IssueTokens issueTokens = new IssueTokens(issueToken, issueRefresh, rules, sessions, from.mount, random);
        Predicate<User> fits = from.fits.and(issueToken::isShortFor);
        DecoyMix decoys = from.decoys == null ? DecoyMix.ofNewHashes(raw) : from.decoys;
        Throttle throttle = from.throttle == null ? Throttle.inProcess(clock, random) : from.throttle;
        this.logIn = new LogIn(users, hasher, decoys, issueTokens, clock, throttle, from.onLostLoginNote, reporter);
        this.authenticate = new AuthenticateRequest(
                users,
                codec,
                profile,
                rules == null ? null : rules.profile().orElse(null),
                clock,
                sessions,
                from.mount);
        this.register = from.registration.apply(new RegisterUser(users, hasher, policy, clock, random)
                .fitting(fits)
                .reporting(reporter, Actor.USER));
        UpdateUser updating =
                new UpdateUser(users, hasher, policy, clock).fitting(fits).reporting(reporter);
        this.update = sessions == null ? updating : updating.ending(sessions, profile.revocation());
        this.changeOwn = new ChangeOwnUser(update, authenticate, logIn, throttle);
        this.refresh = sessions == null || rules == null
                ? null
                : new RefreshSession(
                        users, sessions, rules, issueTokens, issueRefresh, codec, from.mount, clock, reporter);
        this.logOut = sessions == null ? null : new LogOut(sessions, refresh, from.mount, clock, random, reporter);
        this.renew = sessions == null
                ? null
                : new RenewToken(users, sessions, issueTokens, authenticate, requireNonNull(logOut), clock);
    }

    /** {@return an empty builder} */
    public static AuthBuilder builder() {
        return new AuthBuilder();
    }

    /** {@return the dialect it was built with; empty if it was built with {@link AuthBuilder#tokens}} */
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
        return refresh(token, Client.unknown());
    }

    /**
     * The same for a known client.
     *
     * @param token anything a client presented
     * @param client who asks
     * @return the user and new tokens, or a refusal
     * @throws AuthFault if the store fails
     */
    public RefreshSession.Outcome refresh(RefreshToken token, Client client) {
        requireNonNull(token, "token");
        requireNonNull(client, "client");

        return present(refresh, "refresh tokens").handle(token, client);
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
        return renew(by, presented, Client.unknown());
    }

    /**
     * The same for a known client.
     *
     * @param by the result of authenticating the request
     * @param presented what happens to its token
     * @param client who asks
     * @return the user and the token, or a refusal
     * @throws AuthFault if the store fails
     */
    public RenewToken.Outcome renew(
            AuthenticateRequest.Outcome.Authenticated by, RenewToken.Presented presented, Client client) {
        requireNonNull(by, "by");
        requireNonNull(presented, "presented");
        requireNonNull(client, "client");

        return present(renew, "sessions").handle(by, presented, client);
    }

    /**
     * Ends and lists sessions.
     *
     * @return the use case
     * @throws IllegalStateException if sessions are not stored
     */
    public LogOut logOut() {
        return logOut(Client.unknown());
    }

    /**
     * The same for a known client.
     *
     * @param client who asks
     * @return the use case
     * @throws IllegalStateException if sessions are not stored
     */
    public LogOut logOut(Client client) {
        requireNonNull(client, "client");

        return present(logOut, "sessions").by(client);
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
        return register(registration, Client.unknown());
    }

    /**
     * The same for a known client.
     *
     * @param registration the user
     * @param client who asks
     * @return the user, or all problems
     * @throws AuthFault if the store fails
     */
    public RegisterUser.Outcome register(Registration registration, Client client) {
        requireNonNull(registration, "registration");
        requireNonNull(client, "client");

        return register.handle(registration, client);
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
        return update(by, change, Client.unknown());
    }

    /**
     * The same for a known client.
     *
     * @param by the result of authenticating the request
     * @param change what to change
     * @param client who asks
     * @return the user and the token for further requests, or why nothing was changed
     * @throws AuthFault if the store fails
     */
    public ChangeOwnUser.Outcome update(
            AuthenticateRequest.Outcome.Authenticated by, UserChange change, Client client) {
        requireNonNull(by, "by");
        requireNonNull(change, "change");
        requireNonNull(client, "client");

        return changeOwn.handle(by, change, client);
    }

    /**
     * Issues the first tokens of a newly registered user, with the time of the registration.
     *
     * @param registered the user as {@link #register} returned it
     * @return the tokens
     * @throws AuthFault if the store fails
     */
    public IssuedTokens issueFirstTokens(User registered) {
        return issueFirstTokens(registered, Client.unknown());
    }

    /**
     * Issues the first tokens of a newly registered user, with the time of the registration.
     *
     * @param registered the user as {@link #register} returned it
     * @param client who asks; its name is for the list of sessions
     * @return the tokens
     * @throws AuthFault if the store fails
     */
    public IssuedTokens issueFirstTokens(User registered, Client client) {
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
        return logInWithoutPassword(user, Client.unknown());
    }

    /**
     * The same for a known client.
     *
     * @param user the user
     * @param client who asks; its name is for the list of sessions
     * @return the user and the token; a refusal if the user may no longer log in
     * @throws AuthFault if the store fails
     */
    public LogIn.Outcome logInWithoutPassword(User user, Client client) {
        return logIn.withoutPassword(requireNonNull(user, "user"), requireNonNull(client, "client"));
    }

    /** {@return the public keys as JWKs (RFC 7517 §4); none where tokens are signed with a shared secret} */
    public List<JsonObject> publicKeys() {
        return codec.publicKeys();
    }

    /** {@return the name of this login API in sessions and events; empty if it was built without sessions} */
    public String mount() {
        return mount;
    }

    /** {@return how many tokens were validated since the start} */
    public AuthenticateRequest.Counts tokenCounts() {
        return authenticate.counts();
    }

    /** {@return how many logins could not be recorded since the start, because the store failed or was too slow} */
    public long lostLoginNotes() {
        return logIn.lostNotes();
    }

    /** {@return the limits for hashing, and what is hashed now} */
    public HashBudget hashBudget() {
        return hashBudget;
    }

    /** {@return the clock it was given} */
    public InstantSource clock() {
        return clock;
    }

    /** {@return the most bytes of UTF-8 that a new password may have} */
    public int longestPasswordBytes() {
        return longestPasswordBytes;
    }
}
