package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.Actor;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.hashing.BudgetedHasher;
import dev.countersign.hashing.Requester;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.session.Client;
import dev.countersign.session.EndScope;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenFlaw;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.Identifier;
import dev.countersign.user.Origin;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes the given fields of a user and keeps the others; concurrent changes are not lost. Conditions are checked against the version of the user
 * that the store replaces. Thread-safe.
 */
public final class UpdateUser {

    // In each round at least one of the concurrent changes succeeds.
    private static final int ATTEMPTS = 100;

    private final UserStore users;
    private final BudgetedHasher hasher;
    private final PasswordPolicy policy;
    private final InstantSource clock;
    private final Predicate<User> fits;
    private final @Nullable Sessions sessions;
    private final Revocation revocation;
    private final Reporter reporter;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param hasher hashes and verifies passwords
     * @param policy the rules for new passwords
     * @param clock the source of the current time
     */
    public UpdateUser(UserStore users, PasswordHasher hasher, PasswordPolicy policy, InstantSource clock) {
        this(
                users,
                hasher,
                policy,
                clock,
                user -> true,
                null,
                Revocation.BY_PASSWORD_CHANGE,
                Reporter.silent(requireNonNull(clock, "clock")));
    }

    private UpdateUser(
            UserStore users,
            PasswordHasher hasher,
            PasswordPolicy policy,
            InstantSource clock,
            Predicate<User> fits,
            @Nullable Sessions sessions,
            Revocation revocation,
            Reporter reporter) {
        this.users = requireNonNull(users, "users");
        this.hasher = BudgetedHasher.of(requireNonNull(hasher, "hasher"));
        this.policy = requireNonNull(policy, "policy");
        this.clock = requireNonNull(clock, "clock");
        this.fits = fits;
        this.sessions = sessions;
        this.revocation = revocation;
        this.reporter = reporter;
    }

    /**
     * Returns this use case with a limit: it refuses attributes that make a user too large.
     *
     * @param test returns whether a user is small enough, such as for its tokens
     * @return a new use case
     */
    public UpdateUser fitting(Predicate<User> test) {
        return new UpdateUser(
                users, hasher, policy, clock, fits.and(requireNonNull(test, "test")), sessions, revocation, reporter);
    }

    /**
     * Returns this use case for stored sessions: a password change ends those that end with it, and disabling a user ends all, in one transaction with the
     * change.
     *
     * @param stored the sessions; a unit of work of theirs includes the store of users
     * @param rule what a user's own password change does to the session that it is made in
     * @return a new use case
     */
    public UpdateUser ending(Sessions stored, Revocation rule) {
        return new UpdateUser(
                users,
                hasher,
                policy,
                clock,
                fits,
                requireNonNull(stored, "stored"),
                requireNonNull(rule, "rule"),
                reporter);
    }

    /**
     * Returns this use case with events.
     *
     * @param events reports every change and refusal
     * @return a new use case
     */
    public UpdateUser reporting(Reporter events) {
        return new UpdateUser(
                users, hasher, policy, clock, fits, sessions, revocation, requireNonNull(events, "events"));
    }

    /** The result of a change. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param updated applied to a change
         * @param notUpdated applied to a refusal; {@link NotUpdated#fold} distinguishes the reasons
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super Updated, ? extends R> updated, Function<? super NotUpdated, ? extends R> notUpdated) {
            requireNonNull(updated, "updated");
            requireNonNull(notUpdated, "notUpdated");
            return this instanceof Updated done ? updated.apply(done) : notUpdated.apply((NotUpdated) this);
        }

        /** Nothing was changed. */
        sealed interface NotUpdated extends Outcome {

            /**
             * Applies the function for this reason.
             *
             * @param rejected applied to problems
             * @param noSuchUser applied if there is no such user
             * @param tokenRefused applied if the request's token is no longer valid; only {@link ChangeOwnUser} has this result
             * @param contended applied if another attempt may succeed
             * @param throttled applied if the current password may not be tried now; only {@link ChangeOwnUser} has this result
             * @param <R> what the functions return
             * @return what the function returned
             */
            default <R> R fold(
                    Function<? super Rejected, ? extends R> rejected,
                    Function<? super NoSuchUser, ? extends R> noSuchUser,
                    Function<? super TokenRefused, ? extends R> tokenRefused,
                    Function<? super Contended, ? extends R> contended,
                    Function<? super Throttled, ? extends R> throttled) {
                requireNonNull(rejected, "rejected");
                requireNonNull(noSuchUser, "noSuchUser");
                requireNonNull(tokenRefused, "tokenRefused");
                requireNonNull(contended, "contended");
                requireNonNull(throttled, "throttled");
                if (this instanceof Rejected no) {
                    return rejected.apply(no);
                }
                if (this instanceof NoSuchUser gone) {
                    return noSuchUser.apply(gone);
                }
                if (this instanceof Throttled wait) {
                    return throttled.apply(wait);
                }
                return this instanceof TokenRefused refused
                        ? tokenRefused.apply(refused)
                        : contended.apply((Contended) this);
            }
        }

        /**
         * The user was changed.
         *
         * @param user the user after the change
         */
        record Updated(User user) implements Outcome {

            /** Rejects null. */
            public Updated {
                requireNonNull(user, "user");
            }
        }

        /**
         * Nothing was changed.
         *
         * @param problems all problems, at least one
         */
        record Rejected(List<Problem> problems) implements NotUpdated {

            /** Copies the list. */
            public Rejected {
                requireNonNull(problems, "problems");

                problems = List.copyOf(problems);
            }
        }

        /** There is no such user. */
        record NoSuchUser() implements NotUpdated {}

        /**
         * Nothing was changed: the request's token is no longer valid.
         *
         * @param flaw the token's flaw
         */
        record TokenRefused(TokenFlaw flaw) implements NotUpdated {

            /** Rejects null. */
            public TokenRefused {
                requireNonNull(flaw, "flaw");
            }
        }

        /** Nothing was changed: concurrent changes kept replacing the user. Another attempt may succeed. */
        record Contended() implements NotUpdated {}

        /**
         * Nothing was changed: the current password was not even verified, because too many attempts failed.
         *
         * @param reason the reason
         * @param retryAfter how long to wait before the next attempt
         */
        record Throttled(FailureReason reason, Duration retryAfter) implements NotUpdated {

            /** Rejects null components. */
            public Throttled {
                requireNonNull(reason, "reason");
                requireNonNull(retryAfter, "retryAfter");
            }
        }
    }

    /**
     * Changes a user on behalf of an operator. The caller must have checked that the change is allowed.
     *
     * @param id the user's number
     * @param change what to change
     * @return the user after the change, or why nothing was changed
     * @throws dev.countersign.OverloadFault if the hash budget has no room
     * @throws dev.countersign.AuthFault if the store fails
     * @throws IllegalStateException if a password is closed
     */
    public Outcome handle(UserId id, UserChange change) {
        return handle(
                requireNonNull(id, "id"),
                requireNonNull(change, "change"),
                user -> Optional.empty(),
                Optional.empty(),
                Client.unknown(),
                Actor.OPERATOR);
    }

    /** The client of a session, now at an address. */
    Client clientOf(Optional<SessionId> session, ClientAddress address) {
        Sessions known = sessions;
        String name = known == null
                ? ""
                : session.flatMap(known::find).map(Session::client).orElse("");
        return new Client(name, address);
    }

    /** Reports a change that has to wait, and returns it. */
    Outcome.Throttled waiting(UserId id, Client client, Outcome.Throttled wait) {
        new ChangeReport(reporter, Actor.USER, client).refused(id, wait);
        return wait;
    }

    /** Whether a user who makes the change needs another session afterwards. */
    boolean endsOwnSession(UserChange change) {
        return sessions != null && change.password != null && revocation == Revocation.BY_PASSWORD_CHANGE;
    }

    /**
     * Changes a user if a condition is met by the version of the user that is replaced.
     *
     * @param validate returns the flaw of the request's token; empty if the change is allowed
     * @param own the session of the request; empty for none
     * @param client who asks
     */
    Outcome handle(
            UserId id,
            UserChange change,
            Function<User, Optional<TokenFlaw>> validate,
            Optional<SessionId> own,
            Client client) {
        return handle(id, change, validate, own, client, Actor.USER);
    }

    private Outcome handle(
            UserId id,
            UserChange change,
            Function<User, Optional<TokenFlaw>> validate,
            Optional<SessionId> own,
            Client client,
            Actor by) {
        ChangeReport report = new ChangeReport(reporter, by, client);
        Outcome outcome = outcome(id, change, validate, own, Requester.of(client, "#" + id.value()), report);
        if (outcome instanceof Outcome.NotUpdated refused) {
            report.refused(id, refused);
        }
        return outcome;
    }

    private Outcome outcome(
            UserId id,
            UserChange change,
            Function<User, Optional<TokenFlaw>> validate,
            Optional<SessionId> own,
            Requester requester,
            ChangeReport report) {
        PasswordHash hash = null;
        // Each stored hash is verified only once, even if other requests change the user meanwhile.
        Map<PasswordHash, Boolean> verified = new HashMap<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StoredUser> found = users.find(new UserKey.ById(id));
            if (found.isEmpty()) {
                return new Outcome.NoSuchUser();
            }
            StoredUser stored = found.get();
            Optional<TokenFlaw> flaw = validate.apply(stored.user());
            if (flaw.isPresent()) {
                return new Outcome.TokenRefused(flaw.get());
            }
            FieldCheck check = new FieldCheck(users);
            User.Builder changed = changed(
                    stored,
                    change,
                    check,
                    against -> verified.computeIfAbsent(
                            against, some -> hasher.verify(requireNonNull(change.currentPassword), some, requester)));
            if (check.hasProblems()) {
                return new Outcome.Rejected(check.problems());
            }
            if (change.password != null && hash == null) {
                hash = hasher.hash(change.password, requester);
            }
            User after = dated(changed, stored.user(), change);
            StoreResult result = stored(after, hash, own, report);
            if (result instanceof StoreResult.Stored done) {
                report.changed(stored.user(), done.user(), hash != null);
                return new Outcome.Updated(done.user());
            }
            if (result instanceof StoreResult.Taken) {
                check.taken(after.email(), after.username(), id);
                if (check.hasProblems()) {
                    return new Outcome.Rejected(check.problems());
                }
            }
        }
        return new Outcome.Contended();
    }

    private StoreResult stored(User after, @Nullable PasswordHash hash, Optional<SessionId> own, ChangeReport report) {
        Sessions known = sessions;
        boolean disables = !after.status().mayLogIn();
        if (known == null || (hash == null && !disables)) {
            StoreResult result = users.update(after, hash);
            if (known != null) {
                known.memory().forget(after.id());
            }
            return result;
        }
        AtomicBoolean ended = new AtomicBoolean();
        StoreResult result = known.inUnit(() -> {
            StoreResult inner = users.update(after, hash);
            ended.set(inner instanceof StoreResult.Stored && end(known, after.id(), disables, own));
            return inner;
        });
        known.memory().forget(after.id());
        if (ended.get()) {
            report.report(
                    after.id(), new SessionsEnded(Optional.empty(), disables ? Cause.DISABLED : Cause.PASSWORD_CHANGE));
        }
        return result;
    }

    /** Returns whether there was a session to end. */
    private boolean end(Sessions known, UserId user, boolean disabled, Optional<SessionId> own) {
        if (disabled) {
            return !known.endStored(user, EndScope.EVERYTHING, null).isEmpty();
        }
        // A session of another login API may outlive the change, and the store knows which ones do.
        SessionId kept = revocation == Revocation.BY_PASSWORD_CHANGE ? null : own.orElse(null);
        return !known.endStored(user, EndScope.ENDING_WITH_PASSWORD, kept).isEmpty();
    }

    private User.Builder changed(
            StoredUser stored, UserChange change, FieldCheck check, Predicate<PasswordHash> currentMatches) {
        User user = stored.user();
        Identifier email = change.email == null ? user.email() : check.email(change.email);
        Identifier username = change.username == null ? user.username() : check.username(change.username);
        // Identifiers of a former release may break today's rules; other changes stay possible.
        if (change.email != null || change.username != null) {
            check.names(email, username);
        }
        if (change.password != null) {
            check.password(change.password, policy, hasher.longestBytes(), email, username);
        }
        if (change.currentPassword != null && !matches(stored, currentMatches)) {
            check.add(UserField.CURRENT_PASSWORD, UserFlaw.WRONG);
        }
        // An invalid identifier is null here; the change is then not stored.
        boolean named = email != null || username != null;
        User.Builder changed = user.toBuilder()
                .email(named ? email : user.email())
                .username(named ? username : user.username())
                .status(change.status == null ? user.status() : change.status)
                .attributes(AttributeChange.apply(user.attributes(), change.attributes));
        if (!change.attributes.isEmpty() && !fits.test(changed.build())) {
            check.add(UserField.ATTRIBUTES, UserFlaw.TOO_LONG);
        }
        return changed;
    }

    /** Times are those of the write, not of the hashing before it. */
    private User dated(User.Builder changed, User before, UserChange change) {
        Instant now = Present.of(clock);
        User after = changed.build();
        Origin origin = before.origin();
        if (!Objects.equals(after.email(), before.email())) {
            origin = origin.withEmailSince(now);
        }
        if (!Objects.equals(after.username(), before.username())) {
            origin = origin.withUsernameSince(now);
        }
        changed.updatedAt(now).origin(origin);
        return change.password == null
                ? changed.build()
                : changed.passwordChangedAt(now).build();
    }

    /** A user without a password costs the same. */
    private boolean matches(StoredUser stored, Predicate<PasswordHash> current) {
        PasswordHash hash = stored.hash();
        return current.test(hash == null ? hasher.decoy() : hash) && hash != null;
    }
}
