package dev.countersign.proof;

import dev.countersign.Auth;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import dev.countersign.token.AccessToken;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.Throttle;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One of several machines with one store of users; its clock may be ahead of the others'. Thread-safe. */
final class StressNode {

    private final Auth auth;
    private final StressTokens tokens;
    private final Duration ahead;

    StressNode(UserStore users, StressTokens tokens, TokenCodec codec, Duration ahead) {
        this.ahead = ahead;
        this.tokens = tokens;
        this.auth = Auth.builder()
                .throttle(Throttle.unlimitedGuesses())
                .users(users)
                .hasher(new PausingHasher())
                .tokens(tokens.profile(), codec, new PasswordPolicy(8, 64, text -> false))
                .clock(() -> Instant.now().plus(ahead))
                .random(new SecureRandom())
                .build();
    }

    /** Whether tokens of that node hold here: what is issued more than the leeway ahead of a clock does not, there. */
    boolean takesTokensOf(StressNode other) {
        return other.ahead.minus(ahead).compareTo(TokenProfile.LEEWAY) <= 0;
    }

    User register(String email, String password) {
        try (RawPassword typed = RawPassword.of(password)) {
            return ((RegisterUser.Outcome.Registered) auth.register(Registration.ofEmail(email, typed))).user();
        }
    }

    /** The token of a login; empty if it was refused. */
    Optional<AccessToken> logIn(String email, String password) {
        try (RawPassword typed = RawPassword.of(password)) {
            return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, typed))
                            instanceof LogIn.Outcome.LoggedIn done
                    ? Optional.of(done.token().token())
                    : Optional.empty();
        }
    }

    boolean takes(AccessToken token) {
        return auth.authenticate(token) instanceof Authenticated;
    }

    String answer(AccessToken token) {
        return String.valueOf(auth.authenticate(token));
    }

    /** The request of a client that has sent its token and not yet the rest. */
    Authenticated begin(AccessToken token) {
        AuthenticateRequest.Outcome outcome = auth.authenticate(token);
        if (outcome instanceof Authenticated begun) {
            return begun;
        }
        throw new IllegalStateException("a fresh token is refused: " + outcome);
    }

    /** The version of the user that a request made; empty if it was refused. */
    Optional<Long> finish(Authenticated begun, UserChange change) {
        return auth.update(begun, change) instanceof ChangeOwnUser.Outcome.Changed done
                ? Optional.of(done.user().version())
                : Optional.empty();
    }

    /** The version of the user with a password that an administrator gave it. */
    long setPassword(User user, String password) {
        try (RawPassword typed = RawPassword.of(password)) {
            return version(auth.update(user.id(), UserChange.ofPasswordWithoutCurrent(typed)));
        }
    }

    /** The version of the user with a status that an administrator gave it. */
    long setStatus(User user, UserStatus status) {
        return version(auth.update(user.id(), UserChange.ofStatus(status)));
    }

    private static long version(UpdateUser.Outcome outcome) {
        if (outcome instanceof UpdateUser.Outcome.Updated updated) {
            return updated.user().version();
        }
        throw new IllegalStateException("an administrator cannot change a user: " + outcome);
    }

    @Override
    public String toString() {
        return tokens + " " + ahead.toSeconds() + " s ahead";
    }
}
