package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserFlaw;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes the user that a request acts as. The token is validated again for the version of the user that is replaced: if it was revoked or the user
 * disabled since the request began, nothing changes. If the change ends the request's own token, a new one is issued. Thread-safe.
 */
public final class ChangeOwnUser {

    private final UpdateUser update;
    private final AuthenticateRequest authenticate;
    private final LogIn logIn;
    private final Throttle throttle;

    /**
     * Assembles the use case.
     *
     * @param update changes users
     * @param authenticate validates tokens
     * @param logIn issues the token that replaces one ended by the change
     * @param throttle makes changes with a current password wait after failures: a thief of a token must not guess the password with it
     */
    public ChangeOwnUser(UpdateUser update, AuthenticateRequest authenticate, LogIn logIn, Throttle throttle) {
        this.update = requireNonNull(update, "update");
        this.authenticate = requireNonNull(authenticate, "authenticate");
        this.logIn = requireNonNull(logIn, "logIn");
        this.throttle = requireNonNull(throttle, "throttle");
    }

    /** The result of the change. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param changed applied to a change
         * @param notChanged applied to a refusal; {@link UpdateUser.Outcome.NotUpdated#fold} distinguishes the reasons
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super Changed, ? extends R> changed, Function<? super NotChanged, ? extends R> notChanged) {
            requireNonNull(changed, "changed");
            requireNonNull(notChanged, "notChanged");
            return this instanceof Changed done ? changed.apply(done) : notChanged.apply((NotChanged) this);
        }

        /**
         * The user was changed.
         *
         * @param user the user after the change
         * @param replacement the tokens for further requests; empty if the request's own are still valid
         */
        record Changed(User user, Optional<IssuedTokens> replacement) implements Outcome {

            /** Rejects null components. */
            public Changed {
                requireNonNull(user, "user");
                requireNonNull(replacement, "replacement");
            }

            /** {@return the text of the token for further requests, to be sent to the client; empty if the request's own is still valid} */
            public Optional<String> accessToken() {
                return replacement.map(IssuedTokens::accessToken);
            }
        }

        /**
         * Nothing was changed.
         *
         * @param why the reason
         */
        record NotChanged(UpdateUser.Outcome.NotUpdated why) implements Outcome {

            /** Rejects null. */
            public NotChanged {
                requireNonNull(why, "why");
            }
        }
    }

    /**
     * Changes the user.
     *
     * @param by the result of authenticating the request
     * @param change what to change
     * @param client who asks
     * @return the user and the token for further requests, or why nothing was changed
     * @throws dev.countersign.OverloadFault if the hash budget has no room
     * @throws dev.countersign.AuthFault if the store fails
     * @throws IllegalStateException if a password is closed
     */
    public Outcome handle(Authenticated by, UserChange change, Client client) {
        requireNonNull(by, "by");
        requireNonNull(change, "change");
        requireNonNull(client, "client");

        if (change.currentPassword == null) {
            return updated(by, change, client)
                    .fold(done -> changed(by, change, done.user(), client), Outcome.NotChanged::new);
        }
        Throttle.Entry entry = throttle.enter(Optional.of(by.user().id()), Identifier.typed(""), client.address());
        if (entry instanceof Throttle.Entry.Refused wait) {
            return new Outcome.NotChanged(update.waiting(
                    by.user().id(), client, new UpdateUser.Outcome.Throttled(wait.reason(), wait.retryAfter())));
        }
        try (Throttle.Entry.Admitted admitted = (Throttle.Entry.Admitted) entry) {
            UpdateUser.Outcome outcome = updated(by, change, client);
            if (isWrongPassword(outcome)) {
                admitted.failed();
            } else if (outcome instanceof UpdateUser.Outcome.Updated) {
                admitted.succeeded();
            }
            return outcome.fold(done -> changed(by, change, done.user(), client), Outcome.NotChanged::new);
        }
    }

    private UpdateUser.Outcome updated(Authenticated by, UserChange change, Client client) {
        return update.handle(by.user().id(), change, user -> authenticate.flaw(by.token(), user), by.session(), client);
    }

    private static boolean isWrongPassword(UpdateUser.Outcome outcome) {
        return outcome instanceof UpdateUser.Outcome.Rejected rejected
                && rejected.problems().stream().anyMatch(problem -> problem.flaw() == UserFlaw.WRONG);
    }

    private Outcome changed(Authenticated by, UserChange change, User user, Client client) {
        boolean holds = authenticate.flaw(by.token(), user).isEmpty() && !update.endsOwnSession(change);
        return new Outcome.Changed(
                user,
                holds
                        ? Optional.empty()
                        : Optional.of(logIn.furtherTokens(user, update.clientOf(by.session(), client.address()))));
    }
}
