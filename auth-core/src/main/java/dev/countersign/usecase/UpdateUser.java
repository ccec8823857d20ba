package dev.countersign.usecase;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.Identifier;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes what is given of a user and leaves the rest alone; of two changes at once none is lost. Thread-safe. */
public final class UpdateUser {

    private static final int ATTEMPTS = 10;

    private final UserStore users;
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final InstantSource clock;

    /**
     * Needs everything.
     *
     * @param users where users are kept
     * @param hasher hashes and verifies passwords
     * @param policy the rules for new passwords
     * @param clock the present
     */
    public UpdateUser(UserStore users, PasswordHasher hasher, PasswordPolicy policy, InstantSource clock) {
        this.users = users;
        this.hasher = hasher;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * What to change; null leaves it alone.
     *
     * @param email the new e-mail address as typed
     * @param username the new username, a JSON string or integer
     * @param status the new status
     * @param attributes the free attributes to set
     * @param password the new password; wiped by the caller
     * @param currentPassword the password until now, which must match if given; wiped by the caller
     */
    public record Change(
            @Nullable String email,
            @Nullable Json username,
            @Nullable UserStatus status,
            ImmutableList<AttributeChange> attributes,
            @Nullable RawPassword password,
            @Nullable RawPassword currentPassword) {

        /** {@return a change of the password alone, by somebody who need not know the current one} */
        public static Change ofPasswordWithoutCurrent(RawPassword password) {
            return new Change(null, null, null, ImmutableList.of(), password, null);
        }

        /** {@return a change of the status alone} */
        public static Change ofStatus(UserStatus status) {
            return new Change(null, null, status, ImmutableList.of(), null, null);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {

        /**
         * Changed.
         *
         * @param user the user after it
         */
        record Updated(User user) implements Outcome {}

        /**
         * Nothing was changed.
         *
         * @param problems all that is wrong, at least one
         */
        record Rejected(ImmutableList<Problem> problems) implements Outcome {}

        /** There is no such user. */
        record NoSuchUser() implements Outcome {}
    }

    /**
     * Changes a user.
     *
     * @param id whom
     * @param change what
     * @return the user after it, or why nothing was changed
     * @throws IllegalStateException if others changed the user all the time
     */
    public Outcome handle(UserId id, Change change) {
        PasswordHash hash = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StoredUser> found = users.find(new UserKey.ById(id));
            if (found.isEmpty()) {
                return new Outcome.NoSuchUser();
            }
            FieldCheck check = new FieldCheck(users);
            User changed = changed(found.get(), change, check);
            if (check.hasProblems()) {
                return new Outcome.Rejected(check.problems());
            }
            if (change.password() != null && hash == null) {
                hash = hasher.hash(change.password());
            }
            StoreResult result = users.update(changed, hash);
            if (result instanceof StoreResult.Stored stored) {
                return new Outcome.Updated(stored.user());
            }
            if (result instanceof StoreResult.Taken) {
                check.taken(changed.email(), changed.username(), id);
                if (check.hasProblems()) {
                    return new Outcome.Rejected(check.problems());
                }
            }
        }
        throw new IllegalStateException("user " + id + " was changed by others " + ATTEMPTS + " times in a row");
    }

    private User changed(StoredUser stored, Change change, FieldCheck check) {
        User user = stored.user();
        Identifier email = change.email() == null ? user.email() : check.email(change.email());
        Identifier username = change.username() == null ? user.username() : check.username(change.username());
        // Identifiers of a former release may break a rule of today; that keeps nobody from changing the rest.
        if (change.email() != null || change.username() != null) {
            check.names(email, username);
        }
        Instant now = Present.of(clock);
        Instant passwordChangedAt = user.passwordChangedAt();
        if (change.password() != null) {
            check.password(change.password(), policy, hasher.longestBytes(), email, username);
            passwordChangedAt = now;
        }
        if (change.currentPassword() != null && !matches(stored, change.currentPassword())) {
            check.add(UserField.CURRENT_PASSWORD, UserFlaw.WRONG);
        }
        // A refused identifier is null here; the change is not stored then.
        return new User(
                user.id(),
                user.uuid(),
                email == null && username == null ? user.email() : email,
                email == null && username == null ? user.username() : username,
                change.status() == null ? user.status() : change.status(),
                AttributeChange.apply(user.attributes(), change.attributes()),
                user.createdAt(),
                now,
                user.lastLoginAt(),
                user.previousLoginAt(),
                passwordChangedAt,
                user.version());
    }

    private boolean matches(StoredUser stored, RawPassword current) {
        PasswordHash hash = stored.hash();
        return hasher.verify(current, hash == null ? hasher.decoy() : hash) && hash != null;
    }
}
