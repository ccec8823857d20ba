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
import dev.countersign.token.AccessToken;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.IssueToken;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.UpdateUser;
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
 * The assembled library: one kind of token over one store of users. Its use cases are its methods. Immutable and as thread-safe as the
 * ports it is given.
 */
public final class Auth {

    private final @Nullable Dialect dialect;
    private final LogIn logIn;
    private final AuthenticateRequest authenticate;
    private final RegisterUser register;
    private final UpdateUser update;
    private final ChangeOwnUser changeOwn;
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
        Predicate<User> fits = from.fits.and(issueToken::isShortFor);
        DecoyMix decoys = from.decoys == null ? DecoyMix.ofNewHashes(hasher) : from.decoys;
        this.logIn = new LogIn(users, hasher, decoys, issueToken, clock, from.onLostLoginNote);
        this.authenticate = new AuthenticateRequest(users, codec, profile, clock);
        this.register = from.registration.apply(new RegisterUser(users, hasher, policy, clock, random).fitting(fits));
        this.update = new UpdateUser(users, hasher, policy, clock).fitting(fits);
        this.changeOwn = new ChangeOwnUser(update, authenticate, logIn);
    }

    /** {@return a builder that has nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the dialect it was built for; empty if it was built with a token profile alone} */
    public Optional<Dialect> dialect() {
        return Optional.ofNullable(dialect);
    }

    /**
     * Tries to log a user in, see {@link LogIn}.
     *
     * @param attempt the identifier and the password
     * @return the user and a token, or a refusal
     * @throws AuthFault if the store broke
     */
    public LogIn.Outcome logIn(LogIn.Attempt attempt) {
        return logIn.handle(requireNonNull(attempt, "attempt"));
    }

    /**
     * Finds the user that a token stands for, see {@link AuthenticateRequest}.
     *
     * @param token anything a client presented
     * @return the user, or a refusal
     * @throws AuthFault if the store broke
     */
    public AuthenticateRequest.Outcome authenticate(AccessToken token) {
        requireNonNull(token, "token");

        return authenticate.handle(token);
    }

    /**
     * Stores a new user, see {@link RegisterUser}.
     *
     * @param registration the user
     * @return the user, or everything that is wrong
     * @throws AuthFault if the store broke
     */
    public RegisterUser.Outcome register(RegisterUser.Registration registration) {
        return register.handle(requireNonNull(registration, "registration"));
    }

    /**
     * Changes a user on behalf of somebody who may do so, see {@link UpdateUser}.
     *
     * @param id the user's number
     * @param change what to change
     * @return the user after it, or why nothing was changed
     * @throws AuthFault if the store broke
     */
    public UpdateUser.Outcome update(UserId id, UpdateUser.Change change) {
        requireNonNull(id, "id");
        requireNonNull(change, "change");

        return update.handle(id, change);
    }

    /**
     * Changes the user that a request acts as, see {@link ChangeOwnUser}: the request's token is checked again with the write.
     *
     * @param by what the request's token was accepted as
     * @param change what to change
     * @return the user after it and the token to go on with, or why nothing was changed
     * @throws AuthFault if the store broke
     */
    public ChangeOwnUser.Outcome update(AuthenticateRequest.Outcome.Authenticated by, UpdateUser.Change change) {
        requireNonNull(by, "by");
        requireNonNull(change, "change");

        return changeOwn.handle(by, change);
    }

    /**
     * Mints the first token of a user who has just been registered, dated as the registration.
     *
     * @param registered the user as {@link #register} returned it
     * @return the token
     * @throws AuthFault if the store broke
     */
    public IssuedToken issueFirstToken(User registered) {
        return logIn.firstToken(requireNonNull(registered, "registered"));
    }

    /**
     * Mints a token for a user who was authenticated by other means than a password, and notes the login.
     *
     * @param user the user
     * @return the user and the token; a refusal if the user may not log in any more
     * @throws AuthFault if the store broke
     */
    public LogIn.Outcome logInWithoutPassword(User user) {
        return logIn.withoutPassword(requireNonNull(user, "user"));
    }

    /** {@return the public keys as JWKs (RFC 7517 §4); none where tokens are signed with a shared secret} */
    public List<JsonObject> publicKeys() {
        return codec.publicKeys();
    }

    /** {@return how many logins could not be noted since the start, because the store could not write or was too slow} */
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

    /** Assembles an {@link Auth}; every part is asked for. Not thread-safe. */
    public static final class Builder {

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
        private UnaryOperator<RegisterUser> registration = UnaryOperator.identity();
        private Predicate<User> fits = user -> true;
        private Consumer<RuntimeException> onLostLoginNote = lost -> {};

        private Builder() {}

        /** {@return this builder, with the place where users are kept} */
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
         * Speaks a dialect: its kind of token and its rules for new passwords.
         *
         * @param spoken the wire contract
         * @param tokenCodec signs and verifies under the dialect's algorithm
         * @param commonPasswords tells whether a password is on a list of common ones, which most dialects refuse
         * @return this builder
         */
        public Builder dialect(Dialect spoken, TokenCodec tokenCodec, Predicate<String> commonPasswords) {
            this.dialect = requireNonNull(spoken, "dialect");
            this.codec = requireNonNull(tokenCodec, "codec");
            this.common = requireNonNull(commonPasswords, "commonPasswords");
            return this;
        }

        /**
         * Speaks no dialect: for an application that has its own HTTP interface.
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
         * Makes an unknown user's login cost what stored users' logins cost. Without it that is the cost of new hashes, which is right as long as all
         * stored hashes have it.
         *
         * @param mix one for all that share a store
         * @return this builder
         */
        public Builder decoys(DecoyMix mix) {
            this.decoys = requireNonNull(mix, "mix");
            return this;
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
         * Stores something more with each user who registers, such as a row of the application's own: both or neither. Calls accumulate.
         *
         * @param unit what the store of users takes part in; the same one each time
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
         * Refuses attributes that make a user too large for something else, such as the tokens of another dialect over the same users. Calls accumulate.
         *
         * @param test tells whether a user is small enough
         * @return this builder
         */
        public Builder alsoFitting(Predicate<User> test) {
            this.fits = fits.and(requireNonNull(test, "test"));
            return this;
        }

        /**
         * Reports logins that could not be noted: a store that cannot write, or is slow, keeps nobody out.
         *
         * @param listener is called with the reason, on a thread of its own
         * @return this builder
         */
        public Builder onLostLoginNote(Consumer<RuntimeException> listener) {
            this.onLostLoginNote = requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Assembles.
         *
         * @return the library
         * @throws IllegalStateException if a part is missing, naming all that are, or parts contradict each other: a dialect and a token profile, a codec of
         *     another algorithm than the tokens', a store that cannot tell what the tokens need to be told apart by
         */
        public Auth build() {
            List<String> missing = new ArrayList<>();
            note(users, "users", missing);
            note(hasher, "hasher", missing);
            note(codec, "dialect", missing);
            note(clock, "clock", missing);
            note(random, "random", missing);
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Auth.builder() still needs: " + String.join(", ", missing));
            }
            if (dialect != null && profile != null) {
                throw new IllegalStateException("the dialect " + dialect.name()
                        + " has its own kind of token; leave tokens(…) out, or the dialect");
            }
            TokenProfile tokens = dialect == null ? requireNonNull(profile) : dialect.token();
            String signed = requireNonNull(codec).algorithm();
            if (!tokens.algorithm().equals(signed)) {
                throw new IllegalStateException(
                        "the tokens are signed with " + tokens.algorithm() + " but the codec signs with " + signed);
            }
            checkGaps(tokens, requireNonNull(users));
            return new Auth(
                    this,
                    tokens,
                    dialect == null
                            ? requireNonNull(policy)
                            : dialect.passwords().policy(requireNonNull(common)));
        }

        private static void checkGaps(TokenProfile tokens, UserStore users) {
            Set<Gap> gaps = users.gaps();
            boolean ended = tokens.revocation() == Revocation.BY_PASSWORD_CHANGE;
            if (ended && gaps.contains(Gap.PASSWORD_CHANGES)) {
                throw new IllegalStateException(
                        "a password change is to end tokens, but the store of users does not know when a"
                                + " password was changed: give its table a column for that, or say"
                                + " revocation: none_tokens_outlive_password_change in the dialect's file");
            }
            if (ended && !tokens.carriesCredential() && gaps.contains(Gap.TOKEN_TIMES)) {
                throw new IllegalStateException(
                        "a password change is to end tokens, but the store of users does not know when tokens"
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
