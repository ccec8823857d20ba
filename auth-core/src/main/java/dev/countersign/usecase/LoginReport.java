package dev.countersign.usecase;

import dev.countersign.event.EventDetail;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.LoginRefused.Reason;
import dev.countersign.event.LoginDetail.LoginSucceeded;
import dev.countersign.session.Client;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.util.Optional;

/** What the steps of one login attempt found, and the one event about it. Not thread-safe. */
final class LoginReport {

    private Optional<UserId> user = Optional.empty();
    private boolean hasPassword;
    private boolean matched;

    /** An attempt of a user who is authenticated already: only a change of the user can refuse it. */
    static LoginReport changedMeanwhile(User user) {
        LoginReport report = new LoginReport();
        report.user = Optional.of(user.id());
        report.hasPassword = true;
        report.matched = true;
        return report;
    }

    /** The result of the look-up. */
    void found(Optional<StoredUser> stored) {
        user = stored.map(found -> found.user().id());
        hasPassword = stored.map(StoredUser::hash).isPresent();
    }

    /** The result of the verification. */
    void verified(boolean matches) {
        matched = matches && hasPassword;
    }

    /** Reports the outcome, and returns it. */
    LogIn.Outcome of(LogIn.Outcome outcome, Reporter reporter, Client client) {
        reporter.byClient(
                outcome instanceof LogIn.Outcome.LoggedIn in
                        ? Optional.of(in.user().id())
                        : user,
                client,
                detail(outcome));
        return outcome;
    }

    private EventDetail detail(LogIn.Outcome outcome) {
        return outcome.fold(
                in -> new LoginSucceeded(in.tokens().session()), refused -> new LoginRefused(reason(refused.reason())));
    }

    private Reason reason(FailureReason reason) {
        return switch (reason) {
            case BAD_CREDENTIALS -> badCredentials();
            case ACCOUNT_DISABLED -> Reason.DISABLED;
            case TOO_MANY_FOR_USER -> Reason.TOO_MANY_FOR_USER;
            case TOO_MANY_FROM_ADDRESS -> Reason.TOO_MANY_FROM_ADDRESS;
            case TOO_MANY_AT_ONCE -> Reason.TOO_MANY_AT_ONCE;
            case OVERLOADED -> Reason.OVERLOADED;
        };
    }

    private Reason badCredentials() {
        if (user.isEmpty()) {
            return Reason.UNKNOWN_USER;
        }
        if (!hasPassword) {
            return Reason.NO_PASSWORD;
        }
        return matched ? Reason.CHANGED_MEANWHILE : Reason.WRONG_PASSWORD;
    }
}
