package dev.countersign;

import static java.util.Objects.requireNonNull;

import dev.countersign.dialect.Dialect;
import dev.countersign.hashing.HashBudget;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.SecurityEvents;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.port.UserStore.Gap;
import dev.countersign.session.RefreshRules;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.EventSinks;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Reporter;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.Throttle;
import dev.countersign.user.User;
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

/** Assembles an {@link Auth}. Required: users, hasher, clock, random, and either {@link #dialect} or {@link #tokens}. Not thread-safe. */
public final class AuthBuilder {

    private static final int LONGEST_NAME = 100;

    @Nullable
    UserStore users;

    @Nullable
    PasswordHasher hasher;

    @Nullable
    HashBudget hashBudget;

    @Nullable
    PasswordPolicy policy;

    @Nullable
    Predicate<String> common;

    @Nullable
    Dialect dialect;

    @Nullable
    DecoyMix decoys;

    @Nullable
    TokenProfile profile;

    @Nullable
    TokenCodec codec;

    @Nullable
    InstantSource clock;

    @Nullable
    SecureRandom random;

    @Nullable
    Sessions sessions;

    @Nullable
    RefreshRules refresh;

    @Nullable
    Throttle throttle;

    String mount = "";
    UnaryOperator<RegisterUser> registration = UnaryOperator.identity();
    Predicate<User> fits = user -> true;
    Consumer<RuntimeException> onLostLoginNote = lost -> {};
    private final List<SecurityEvents> receivers = new ArrayList<>();
    private Consumer<RuntimeException> onFailedEvent = failed -> {};

    AuthBuilder() {}

    /** {@return this builder, with the store of users} */
    public AuthBuilder users(UserStore store) {
        this.users = requireNonNull(store, "users");
        return this;
    }

    /** {@return this builder, with the hasher of passwords} */
    public AuthBuilder hasher(PasswordHasher passwordHasher) {
        this.hasher = requireNonNull(passwordHasher, "hasher");
        return this;
    }

    /**
     * Sets the limits for hashing, shared by all that are built with this budget. Without it, each {@code Auth} has {@link HashBudget#ofThisMachine}.
     *
     * @param budget one instance for all {@code Auth}s of a process
     * @return this builder
     */
    public AuthBuilder hashBudget(HashBudget budget) {
        this.hashBudget = requireNonNull(budget, "budget");
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
    public AuthBuilder dialect(Dialect spoken, TokenCodec tokenCodec, Predicate<String> commonPasswords) {
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
    public AuthBuilder tokens(TokenProfile tokenProfile, TokenCodec tokenCodec, PasswordPolicy passwordPolicy) {
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
    public AuthBuilder decoys(DecoyMix mix) {
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
    public AuthBuilder sessions(Sessions stored, String name) {
        this.sessions = requireNonNull(stored, "sessions");
        requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the name has 1 to " + LONGEST_NAME + " characters: " + name);
        }
        this.mount = name;
        return this;
    }

    /** {@return this builder, with refresh tokens; only for {@link #tokens}, because a dialect has its own rules} */
    public AuthBuilder refresh(RefreshRules rules) {
        this.refresh = requireNonNull(rules, "rules");
        return this;
    }

    @Nullable
    RefreshRules rules() {
        return dialect == null ? refresh : dialect.refresh().orElse(null);
    }

    /**
     * Makes logins wait after failures. Without it, failures are counted in the memory of this process, by this {@code Auth} alone.
     *
     * @param shared the throttle; one instance for all {@code Auth}s that share a store
     * @return this builder
     */
    public AuthBuilder throttle(Throttle shared) {
        this.throttle = requireNonNull(shared, "shared");
        return this;
    }

    /** {@return this builder, with the clock, such as {@code InstantSource.system()}} */
    public AuthBuilder clock(InstantSource source) {
        this.clock = requireNonNull(source, "clock");
        return this;
    }

    /** {@return this builder, with the source of token ids and UUIDs} */
    public AuthBuilder random(SecureRandom source) {
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
    public AuthBuilder onRegistration(UnitOfWork unit, Consumer<User> also) {
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
    public AuthBuilder alsoFitting(Predicate<User> test) {
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
    public AuthBuilder onLostLoginNote(Consumer<RuntimeException> listener) {
        this.onLostLoginNote = requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Reports every login, refusal and change, such as to a log and a table. Calls accumulate: each receiver gets every event. Without a call, the receiver
     * of the {@link Sessions} gets them.
     *
     * @param receiver receives the events, with the name of this login API if {@link #sessions} gave one
     * @return this builder
     */
    public AuthBuilder events(SecurityEvents receiver) {
        receivers.add(requireNonNull(receiver, "receiver"));
        return this;
    }

    /**
     * Reports receivers of events that threw. The request is answered nevertheless, and the other receivers get the event.
     *
     * @param listener is called with what was thrown, on the thread of the request; must be fast
     * @return this builder
     */
    public AuthBuilder onFailedEvent(Consumer<RuntimeException> listener) {
        this.onFailedEvent = requireNonNull(listener, "listener");
        return this;
    }

    Reporter reporter(InstantSource source) {
        SecurityEvents all =
                receivers.isEmpty() && sessions != null ? sessions.events() : EventSinks.of(receivers, onFailedEvent);
        return new Reporter(all, source, mount);
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
                dialect == null ? requireNonNull(policy) : dialect.passwords().policy(requireNonNull(common)));
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
            throw new IllegalStateException("a password change ends tokens, but the store of users does not know when a"
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
