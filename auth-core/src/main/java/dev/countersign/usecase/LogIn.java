package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.Login;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Logs a user in. Every attempt costs one look-up and exactly one verification, also for an unknown user (ASVS 6.3.8); after a match, a second hash
 * replaces an outdated one. A login succeeds even if the store cannot record it. Thread-safe.
 */
public final class LogIn {

    private final UserStore users;
    private final PasswordHasher hasher;
    private final DecoyMix decoys;
    private final IssueToken issueToken;
    private final InstantSource clock;
    private final LoginNotes notes;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param hasher verifies passwords
     * @param decoys the hashes that are verified for unknown users
     * @param issueToken issues the token
     * @param clock the source of the current time
     * @param onLostNote called, on another thread, with the reason why a login could not be recorded
     */
    public LogIn(
            UserStore users,
            PasswordHasher hasher,
            DecoyMix decoys,
            IssueToken issueToken,
            InstantSource clock,
            Consumer<RuntimeException> onLostNote) {
        this.users = requireNonNull(users, "users");
        this.hasher = requireNonNull(hasher, "hasher");
        this.decoys = requireNonNull(decoys, "decoys");
        this.issueToken = requireNonNull(issueToken, "issueToken");
        this.clock = requireNonNull(clock, "clock");
        this.notes = new LoginNotes(requireNonNull(onLostNote, "onLostNote"));
    }

    /**
     * One login attempt.
     *
     * @param kind the kind of identifier
     * @param identifier as typed; may be empty
     * @param password as typed; may be empty; wiped by the caller
     */
    public record Attempt(IdentifierKind kind, String identifier, RawPassword password) {

        /** Rejects null components. */
        public Attempt {
            requireNonNull(kind, "kind");
            requireNonNull(identifier, "identifier");
            requireNonNull(password, "password");
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
         * @param token the new token
         */
        record LoggedIn(User user, IssuedToken token) implements Outcome {

            /** Rejects null components. */
            public LoggedIn {
                requireNonNull(user, "user");
                requireNonNull(token, "token");
            }

            /** {@return the text of the token, to be sent to the client only} */
            public String accessToken() {
                return token.accessToken();
            }
        }

        /**
         * The login is refused.
         *
         * @param reason the reason
         */
        record Refused(FailureReason reason) implements Outcome {

            /** Rejects null. */
            public Refused {
                requireNonNull(reason, "reason");
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
        Identifier typed = Identifier.typed(attempt.identifier());
        Optional<StoredUser> found = users.find(attempt.kind().key(typed));
        PasswordHash stored = found.map(StoredUser::hash).orElse(null);
        PasswordHash decoy = decoys.decoyFor(typed);
        boolean matches = hasher.verify(attempt.password(), stored == null ? decoy : stored);
        if (!matches || stored == null || found.isEmpty()) {
            return new Outcome.Refused(FailureReason.BAD_CREDENTIALS);
        }
        User user = found.get().user();
        if (!user.status().mayLogIn()) {
            return new Outcome.Refused(FailureReason.ACCOUNT_DISABLED);
        }
        PasswordHash replacement =
                hasher.shouldRehash(attempt.password(), stored) ? hasher.hash(attempt.password()) : null;
        return handOut(user, () -> replaceHash(user, stored, replacement));
    }

    /**
     * Issues a token to a user who was authenticated by other means than a password, and records the login.
     *
     * @param user the user
     * @return the user and a token; a refusal if the user may no longer log in, or the password was changed meanwhile
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome withoutPassword(User user) {
        requireNonNull(user, "user");

        return handOut(user, () -> {});
    }

    /** Since the look-up the user may have been deleted or disabled, or the verified password replaced; the store decides. */
    private Outcome handOut(User user, Runnable also) {
        TokenProfile profile = issueToken.profile();
        Instant now = Present.of(clock);
        Login login = new Login(user.id(), user.passwordChangedAt(), now, profile.issueTime(user, now));
        LoginNotes.Noted<Optional<User>> noted = profile.holdsUnnoted(user, now)
                ? notes.note(() -> noted(login, also))
                : new LoginNotes.Noted.Done<>(noted(login, also));
        Optional<User> after;
        Instant issuedAt;
        if (noted instanceof LoginNotes.Noted.Done<Optional<User>> done
                && done.result().isPresent()) {
            after = done.result().filter(loggedIn -> isUnchanged(user, loggedIn));
            issuedAt = login.tokenIssuedAt();
        } else {
            // The store may not have found the user because this thread is in a transaction.
            after = users.find(new UserKey.ById(user.id()))
                    .map(StoredUser::user)
                    .filter(loggedIn -> isUnchanged(user, loggedIn))
                    .map(loggedIn -> unnoted(loggedIn, now));
            issuedAt = profile.unnotedIssueTime(user, now);
        }
        return after.<Outcome>map(loggedIn -> new Outcome.LoggedIn(loggedIn, issueToken.handle(loggedIn, issuedAt)))
                .orElse(new Outcome.Refused(FailureReason.BAD_CREDENTIALS));
    }

    private Optional<User> noted(Login login, Runnable also) {
        also.run();
        return users.recordLogin(login);
    }

    /**
     * Issues the first token of a newly registered user, with the time of the registration.
     *
     * @param registered the new user
     * @return the token
     * @throws dev.countersign.AuthFault if the store fails
     */
    public IssuedToken firstToken(User registered) {
        requireNonNull(registered, "registered");

        TokenProfile profile = issueToken.profile();
        Instant at = registered.origin().storedAt();
        // The store counts a token of that time as recorded, but not one with a later time.
        return profile.needsIdentifierTimes()
                ? furtherToken(registered)
                : issueToken.handle(registered, profile.issueTime(registered, at));
    }

    /** Issues a token to a user who has just ended their own one by a change. */
    IssuedToken furtherToken(User changed) {
        TokenProfile profile = issueToken.profile();
        Instant now = Present.of(clock);
        if (!profile.needsIdentifierTimes()) {
            return issueToken.handle(changed, profile.issueTime(changed, now));
        }
        // The user was changed again meanwhile; tokens issued before that change must not be valid.
        return handOut(changed, () -> {}) instanceof Outcome.LoggedIn noted
                ? noted.token()
                : issueToken.handle(changed, Instant.EPOCH);
    }

    private void replaceHash(User user, PasswordHash stored, @Nullable PasswordHash replacement) {
        if (replacement == null) {
            return;
        }
        try {
            users.rehash(user.id(), stored, replacement);
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
