package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.Actor;
import dev.countersign.hashing.BudgetedHasher;
import dev.countersign.hashing.Requester;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.session.Client;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores a new user. Thread-safe. */
public final class RegisterUser {

    private static final int ATTEMPTS = 10;

    private final UserStore users;
    private final Function<NewUser, StoreResult> insertion;
    private final BudgetedHasher hasher;
    private final PasswordPolicy policy;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Predicate<User> fits;
    private final Reporter reporter;
    private final Actor by;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param hasher hashes the password
     * @param policy the rules for new passwords
     * @param clock the source of the current time
     * @param random the source of UUIDs
     */
    public RegisterUser(
            UserStore users, PasswordHasher hasher, PasswordPolicy policy, InstantSource clock, SecureRandom random) {
        this(
                users,
                requireNonNull(users, "users")::insert,
                hasher,
                policy,
                clock,
                random,
                user -> true,
                Reporter.silent(requireNonNull(clock, "clock")),
                Actor.USER);
    }

    private RegisterUser(
            UserStore users,
            Function<NewUser, StoreResult> insertion,
            PasswordHasher hasher,
            PasswordPolicy policy,
            InstantSource clock,
            SecureRandom random,
            Predicate<User> fits,
            Reporter reporter,
            Actor by) {
        this.users = users;
        this.insertion = insertion;
        this.hasher = BudgetedHasher.of(requireNonNull(hasher, "hasher"));
        this.policy = requireNonNull(policy, "policy");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.fits = fits;
        this.reporter = reporter;
        this.by = by;
    }

    /**
     * Returns this use case with a limit: it refuses attributes that make a user too large.
     *
     * @param test returns whether a user is small enough, such as for its tokens
     * @return a new use case
     */
    public RegisterUser fitting(Predicate<User> test) {
        return new RegisterUser(
                users, insertion, hasher, policy, clock, random, fits.and(requireNonNull(test, "test")), reporter, by);
    }

    /**
     * Returns this use case with events.
     *
     * @param events reports every registration and refusal
     * @param actor who registers users
     * @return a new use case
     */
    public RegisterUser reporting(Reporter events, Actor actor) {
        return new RegisterUser(
                users,
                insertion,
                hasher,
                policy,
                clock,
                random,
                fits,
                requireNonNull(events, "events"),
                requireNonNull(actor, "actor"));
    }

    /**
     * Returns this use case with more data to store for each new user, in one transaction.
     *
     * @param unit a unit of work that the store of users takes part in
     * @param also called with each new user inside the unit, and again if the unit is run again; if it throws, the user is not stored
     * @return a new use case
     */
    public RegisterUser along(UnitOfWork unit, Consumer<User> also) {
        requireNonNull(unit, "unit");
        requireNonNull(also, "also");
        return new RegisterUser(
                users,
                user -> unit.run(() -> {
                    StoreResult result = insertion.apply(user);
                    if (result instanceof StoreResult.Stored stored) {
                        also.accept(stored.user());
                    }
                    return result;
                }),
                hasher,
                policy,
                clock,
                random,
                fits,
                reporter,
                by);
    }

    /** The result of a registration. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param registered applied to a new user
         * @param rejected applied to problems
         * @param contended applied if another attempt may succeed
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super Registered, ? extends R> registered,
                Function<? super Rejected, ? extends R> rejected,
                Function<? super Contended, ? extends R> contended) {
            requireNonNull(registered, "registered");
            requireNonNull(rejected, "rejected");
            requireNonNull(contended, "contended");
            if (this instanceof Registered done) {
                return registered.apply(done);
            }
            return this instanceof Rejected no ? rejected.apply(no) : contended.apply((Contended) this);
        }

        /**
         * The user is stored.
         *
         * @param user the new user
         */
        record Registered(User user) implements Outcome {

            /** Rejects null. */
            public Registered {
                requireNonNull(user, "user");
            }
        }

        /**
         * Nothing was stored.
         *
         * @param problems all problems, at least one
         */
        record Rejected(List<Problem> problems) implements Outcome {

            /** Copies the list. */
            public Rejected {
                requireNonNull(problems, "problems");

                problems = List.copyOf(problems);
            }
        }

        /** Nothing was stored: concurrent registrations took and released an identifier. Another attempt may succeed. */
        record Contended() implements Outcome {}
    }

    /**
     * Stores a new user, for an unknown client.
     *
     * @param registration the user
     * @return the user, or all problems
     * @throws dev.countersign.AuthFault if the store fails
     * @throws IllegalStateException if the password is closed
     */
    public Outcome handle(Registration registration) {
        return handle(registration, Client.unknown());
    }

    /**
     * Stores a new user for a known client.
     *
     * @param registration the user
     * @param client who asks; has only its share of a hash budget
     * @return the user, or all problems
     * @throws dev.countersign.OverloadFault if the hash budget has no room
     * @throws dev.countersign.AuthFault if the store fails
     * @throws IllegalStateException if the password is closed
     */
    public Outcome handle(Registration registration, Client client) {
        requireNonNull(registration, "registration");
        requireNonNull(client, "client");

        Outcome outcome = outcome(registration, client);
        ChangeReport report = new ChangeReport(reporter, by, client);
        if (outcome instanceof Outcome.Registered registered) {
            report.registered(registered.user());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            report.registrationRefused(rejected.problems());
        }
        return outcome;
    }

    private Outcome outcome(Registration registration, Client client) {
        FieldCheck check = new FieldCheck(users);
        Identifier email = registration.email == null ? null : check.email(registration.email);
        Identifier username = registration.username == null ? null : check.username(registration.username);
        check.names(email, username);
        check.password(registration.password, policy, hasher.longestBytes(), email, username);
        if (check.hasProblems()) {
            return new Outcome.Rejected(check.problems());
        }
        if (!fits.test(sample(registration, email, username))) {
            check.add(UserField.ATTRIBUTES, UserFlaw.TOO_LONG);
            return new Outcome.Rejected(check.problems());
        }
        PasswordHash hash = hasher.hash(registration.password, Requester.of(client, ""));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoreResult result = insertion.apply(new NewUser(
                    RandomUuid.from(random),
                    email,
                    username,
                    UserStatus.ACTIVE,
                    registration.attributes,
                    hash,
                    Present.of(clock)));
            if (result instanceof StoreResult.Stored stored) {
                return new Outcome.Registered(stored.user());
            }
            check.taken(email, username, null);
            if (check.hasProblems()) {
                return new Outcome.Rejected(check.problems());
            }
        }
        return new Outcome.Contended();
    }

    /** The user as it would be stored, with the largest number. */
    private User sample(Registration registration, @Nullable Identifier email, @Nullable Identifier username) {
        return User.builder(new UserId(Long.MAX_VALUE), new UUID(0, 0), Present.of(clock))
                .email(email)
                .username(username)
                .attributes(registration.attributes)
                .build();
    }
}
