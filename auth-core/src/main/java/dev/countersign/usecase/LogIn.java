package dev.countersign.usecase;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.token.IssuedToken;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs a user in. Every attempt costs one look-up and exactly one verification, whoever the user is and whatever was typed (ASVS 6.3.8); only after
 * a match a second hash replaces an outdated one. Thread-safe.
 */
public final class LogIn {

    private final UserStore users;
    private final PasswordHasher hasher;
    private final DecoyMix decoys;
    private final IssueToken issueToken;
    private final InstantSource clock;

    /**
     * Needs everything.
     *
     * @param users where users are kept
     * @param hasher verifies passwords
     * @param decoys what is verified for unknown users
     * @param issueToken mints the token
     * @param clock the present
     */
    public LogIn(UserStore users, PasswordHasher hasher, DecoyMix decoys, IssueToken issueToken, InstantSource clock) {
        this.users = users;
        this.hasher = hasher;
        this.decoys = decoys;
        this.issueToken = issueToken;
        this.clock = clock;
    }

    /**
     * One attempt.
     *
     * @param kind what the identifier is
     * @param identifier as typed; may be empty
     * @param password as typed; may be empty; wiped by the caller
     */
    public record Attempt(IdentifierKind kind, String identifier, RawPassword password) {}

    /** What came of it. */
    public sealed interface Outcome {

        /**
         * Logged in.
         *
         * @param user the user, with this login noted
         * @param token the new token
         */
        record LoggedIn(User user, IssuedToken token) implements Outcome {}

        /**
         * Not logged in.
         *
         * @param reason why
         */
        record Refused(FailureReason reason) implements Outcome {}
    }

    /**
     * Tries to log in.
     *
     * @param attempt who and with what
     * @return the user and a token, or a refusal
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
        if (hasher.shouldRehash(attempt.password(), stored)) {
            users.rehash(user.id(), stored, hasher.hash(attempt.password()));
        }
        // Since the look-up the user may have been deleted or disabled, or the password that was verified replaced.
        return users.recordLogin(user.id(), Present.of(clock))
                .filter(now -> Objects.equals(now.passwordChangedAt(), user.passwordChangedAt()))
                .<Outcome>map(loggedIn -> new Outcome.LoggedIn(loggedIn, issueToken.handle(loggedIn)))
                .orElse(new Outcome.Refused(FailureReason.BAD_CREDENTIALS));
    }
}
