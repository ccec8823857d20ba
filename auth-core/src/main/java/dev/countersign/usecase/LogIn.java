package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.OverloadFault;
import dev.countersign.event.LoginDetail.HashReplaced;
import dev.countersign.hashing.BudgetedHasher;
import dev.countersign.hashing.Requester;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.Login;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs a user in. Every attempt costs two look-ups and exactly one verification, also for an unknown user (ASVS 6.3.8); an attempt that has
 * to wait, or for which a {@link dev.countersign.hashing.HashBudget} has no room, costs none. After a match, a second hash replaces an outdated one,
 * unless others wait to log in. A login succeeds even if the store cannot record it. Thread-safe.
 */
public final class LogIn {

    private final UserStore users;
    private final BudgetedHasher hasher;
    private final DecoyMix decoys;
    private final IssueTokens issueTokens;
    private final InstantSource clock;
    private final Throttle throttle;
    private final LoginNotes notes;
    private final Reporter reporter;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param hasher verifies passwords
     * @param decoys the hashes that are verified for unknown users
     * @param issueTokens issues and stores the tokens
     * @param clock the source of the current time
     * @param throttle makes logins wait after failures
     * @param onLostNote called, on another thread, with the reason why a login could not be recorded
     * @param reporter reports every attempt and its outcome
     */
    public LogIn(
            UserStore users,
            PasswordHasher hasher,
            DecoyMix decoys,
            IssueTokens issueTokens,
            InstantSource clock,
            Throttle throttle,
            Consumer<RuntimeException> onLostNote,
            Reporter reporter) {
        this.users = requireNonNull(users, "users");
        this.hasher = BudgetedHasher.of(requireNonNull(hasher, "hasher"));
        this.decoys = requireNonNull(decoys, "decoys");
        this.issueTokens = requireNonNull(issueTokens, "issueTokens");
        this.clock = requireNonNull(clock, "clock");
        this.throttle = requireNonNull(throttle, "throttle");
        this.notes = new LoginNotes(requireNonNull(onLostNote, "onLostNote"));
        this.reporter = requireNonNull(reporter, "reporter");
    }

    /**
     * One login attempt.
     *
     * @param kind the kind of identifier
     * @param identifier as typed; may be empty
     * @param password as typed; may be empty; wiped by the caller
     * @param client who asks; its name is for the list of sessions, its address for the throttle
     */
    public record Attempt(IdentifierKind kind, String identifier, RawPassword password, Client client) {

        /** Rejects null components. */
        public Attempt {
            requireNonNull(kind, "kind");
            requireNonNull(identifier, "identifier");
            requireNonNull(password, "password");
            requireNonNull(client, "client");
        }

        /**
         * An attempt of an unknown client.
         *
         * @param kind the kind of identifier
         * @param identifier as typed; may be empty
         * @param password as typed; may be empty; wiped by the caller
         */
        public Attempt(IdentifierKind kind, String identifier, RawPassword password) {
            this(kind, identifier, password, Client.unknown());
        }
    }

    /** The result of a login attempt. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param loggedIn applied to a login
         * @param refused applied to a refusal
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super LoggedIn, ? extends R> loggedIn, Function<? super Refused, ? extends R> refused) {
            requireNonNull(loggedIn, "loggedIn");
            requireNonNull(refused, "refused");
            return this instanceof LoggedIn in ? loggedIn.apply(in) : refused.apply((Refused) this);
        }

        /**
         * The user is logged in.
         *
         * @param user the user, including this login
         * @param tokens the new session's tokens
         */
        record LoggedIn(User user, IssuedTokens tokens) implements Outcome {

            /** Rejects null components. */
            public LoggedIn {
                requireNonNull(user, "user");
                requireNonNull(tokens, "tokens");
            }

            /** {@return the access token} */
            public IssuedToken token() {
                return tokens.access();
            }

            /** {@return the text of the access token, to be sent to the client only} */
            public String accessToken() {
                return tokens.accessToken();
            }
        }

        /**
         * The login is refused.
         *
         * @param reason the reason
         * @param retryAfter how long the client should wait before the next attempt; zero unless the reason is one that passes
         */
        record Refused(FailureReason reason, Duration retryAfter) implements Outcome {

            /** Rejects null components and a negative wait. */
            public Refused {
                requireNonNull(reason, "reason");
                requireNonNull(retryAfter, "retryAfter");
                if (retryAfter.isNegative()) {
                    throw new IllegalArgumentException("a wait is not negative: " + retryAfter);
                }
            }

            /**
             * A refusal that does not pass by waiting.
             *
             * @param reason the reason
             */
            public Refused(FailureReason reason) {
                this(reason, Duration.ZERO);
            }
        }
    }

    /**
     * Verifies the password and issues a token.
     *
     * @param attempt the identifier and the password
     * @return the user and a token, or a refusal
     * @throws dev.countersign.AuthFault if the store fails
     * @throws IllegalStateException if the password is closed
     */
    public Outcome handle(Attempt attempt) {
        LoginReport report = new LoginReport();
        return report.of(outcome(attempt, report), reporter, attempt.client());
    }

    private Outcome outcome(Attempt attempt, LoginReport report) {
        Identifier typed = Identifier.typed(attempt.identifier());
        Optional<StoredUser> found = users.find(attempt.kind().key(typed));
        report.found(found);
        Throttle.Entry entry = throttle.enter(
                found.map(StoredUser::user).map(User::id),
                typed,
                attempt.client().address());
        if (entry instanceof Throttle.Entry.Refused wait) {
            return new Outcome.Refused(wait.reason(), wait.retryAfter());
        }
        try (Throttle.Entry.Admitted admitted = (Throttle.Entry.Admitted) entry) {
            return verified(attempt, typed, found, admitted, report);
        }
    }

    private Outcome verified(
            Attempt attempt,
            Identifier typed,
            Optional<StoredUser> found,
            Throttle.Entry.Admitted admitted,
            LoginReport report) {
        PasswordHash stored = found.map(StoredUser::hash).orElse(null);
        PasswordHash decoy = decoys.decoyFor(typed);
        // The name as typed, known or not: shares must not reveal which names belong to one user.
        Requester requester = Requester.of(attempt.client(), typed.folded());
        boolean matches;
        try {
            matches = hasher.verify(attempt.password(), stored == null ? decoy : stored, requester);
        } catch (OverloadFault refused) {
            return overloaded(refused);
        }
        report.verified(matches);
        if (!matches || stored == null || found.isEmpty()) {
            admitted.failed();
            return new Outcome.Refused(FailureReason.BAD_CREDENTIALS);
        }
        User user = found.get().user();
        if (!user.status().mayLogIn()) {
            admitted.failed();
            return new Outcome.Refused(FailureReason.ACCOUNT_DISABLED);
        }
        PasswordHash replacement = hasher.shouldRehash(attempt.password(), stored)
                ? hasher.hashIfFree(attempt.password(), requester).orElse(null)
                : null;
        return handOut(
                user,
                () -> replaceHash(user, stored, replacement, attempt.client()),
                admitted::succeeded,
                attempt.client());
    }

    private static Outcome overloaded(OverloadFault refused) {
        return new Outcome.Refused(
                refused.isOfClient() ? FailureReason.TOO_MANY_AT_ONCE : FailureReason.OVERLOADED, refused.retryAfter());
    }

    /**
     * Issues tokens to a user who was authenticated by other means than a password, and records the login.
     *
     * @param user the user
     * @param client who asks
     * @return the user and the tokens; a refusal if the user may no longer log in, or the password was changed meanwhile
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome withoutPassword(User user, Client client) {
        requireNonNull(user, "user");
        requireNonNull(client, "client");

        return LoginReport.changedMeanwhile(user).of(handOut(user, () -> {}, () -> {}, client), reporter, client);
    }

    /** Since the look-up the user may have been deleted or disabled, or the verified password replaced; the store decides. */
    private Outcome handOut(User user, Runnable before, Runnable after, Client client) {
        TokenProfile profile = issueTokens.profile();
        Instant now = Present.of(clock);
        Login login = new Login(user.id(), user.passwordChangedAt(), now, profile.issueTime(user, now));
        Supplier<Optional<IssueTokens.Started>> write = () -> {
            before.run();
            Optional<IssueTokens.Started> recorded =
                    issueTokens.start(login.tokenIssuedAt(), now, client.shortName(), () -> users.recordLogin(login));
            recorded.ifPresent(done -> after.run());
            return recorded;
        };
        LoginNotes.Noted<Optional<IssueTokens.Started>> noted = noted(write, profile.holdsUnnoted(user, now));
        Optional<IssueTokens.Started> started;
        if (noted instanceof LoginNotes.Noted.Done<Optional<IssueTokens.Started>> done
                && (done.result().isPresent() || issueTokens.mustStore())) {
            started = done.result().filter(known -> isUnchanged(user, known.user()));
        } else {
            // The store may not have found the user because this thread is in a transaction.
            started = users.find(new UserKey.ById(user.id()))
                    .map(StoredUser::user)
                    .filter(loggedIn -> isUnchanged(user, loggedIn))
                    .map(loggedIn -> unnoted(loggedIn, now))
                    .map(loggedIn -> new IssueTokens.Started(
                            loggedIn, issueTokens.unstored(loggedIn, profile.unnotedIssueTime(user, now))));
        }
        return started.<Outcome>map(known -> new Outcome.LoggedIn(known.user(), known.tokens()))
                .orElse(new Outcome.Refused(FailureReason.BAD_CREDENTIALS));
    }

    /** A refresh token is worth waiting for the store; without one the user is let in all the same, until the access token expires. */
    private LoginNotes.Noted<Optional<IssueTokens.Started>> noted(
            Supplier<Optional<IssueTokens.Started>> write, boolean holdsUnnoted) {
        if (!holdsUnnoted || issueTokens.mustStore()) {
            return new LoginNotes.Noted.Done<>(write.get());
        }
        return issueTokens.hasRefreshTokens() ? notes.notePatiently(write) : notes.note(write);
    }

    /**
     * Issues the first tokens of a newly registered user, with the time of the registration.
     *
     * @param registered the new user
     * @param client who asks
     * @return the tokens
     * @throws dev.countersign.AuthFault if the store fails
     */
    public IssuedTokens firstTokens(User registered, Client client) {
        requireNonNull(registered, "registered");
        requireNonNull(client, "client");

        TokenProfile profile = issueTokens.profile();
        Instant at = registered.origin().storedAt();
        // The store counts a token of that time as recorded, but not one with a later time.
        return profile.needsIdentifierTimes()
                ? furtherTokens(registered, client)
                : started(registered, profile.issueTime(registered, at), at, client);
    }

    /** Issues tokens to a user who has just ended their own ones by a change. */
    IssuedTokens furtherTokens(User changed, Client client) {
        TokenProfile profile = issueTokens.profile();
        Instant now = Present.of(clock);
        if (!profile.needsIdentifierTimes()) {
            return started(changed, profile.issueTime(changed, now), now, client);
        }
        // The user was changed again meanwhile; tokens issued before that change must not be valid.
        return handOut(changed, () -> {}, () -> {}, client) instanceof Outcome.LoggedIn noted
                ? noted.tokens()
                : issueTokens.unstored(changed, Instant.EPOCH);
    }

    private IssuedTokens started(User user, Instant issuedAt, Instant now, Client client) {
        return issueTokens
                .start(issuedAt, now, client.shortName(), () -> Optional.of(user))
                .map(IssueTokens.Started::tokens)
                .orElseThrow();
    }

    private void replaceHash(User user, PasswordHash stored, @Nullable PasswordHash replacement, Client client) {
        if (replacement == null) {
            return;
        }
        try {
            if (users.rehash(user.id(), stored, replacement)) {
                reporter.byClient(Optional.of(user.id()), client, new HashReplaced());
            }
        } catch (RuntimeException failed) {
            // The next login tries again.
            notes.countLost(failed);
        }
    }

    private static boolean isUnchanged(User verified, User now) {
        return now.status().mayLogIn() && Objects.equals(now.passwordChangedAt(), verified.passwordChangedAt());
    }

    private static User unnoted(User user, Instant now) {
        return now.equals(user.lastLoginAt())
                ? user
                : user.toBuilder()
                        .previousLoginAt(user.lastLoginAt())
                        .lastLoginAt(now)
                        .build();
    }

    /** {@return how many logins could not be recorded since the start} */
    public long lostNotes() {
        return notes.lost();
    }
}
