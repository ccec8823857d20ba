package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.token.IssuedToken;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import java.util.Optional;

/**
 * Changes the user that a request acts as. The token is judged again for the version of the user that is replaced, so that a token that was revoked, or a user who was
 * disabled, since the request began changes nothing. A change that ends the request's own token gives another one. Thread-safe.
 */
public final class ChangeOwnUser {

    private final UpdateUser update;
    private final AuthenticateRequest authenticate;
    private final LogIn logIn;

    /**
     * Assembles the use case.
     *
     * @param update changes users
     * @param authenticate judges tokens
     * @param logIn mints the token that replaces one that the change ends
     */
    public ChangeOwnUser(UpdateUser update, AuthenticateRequest authenticate, LogIn logIn) {
        this.update = requireNonNull(update, "update");
        this.authenticate = requireNonNull(authenticate, "authenticate");
        this.logIn = requireNonNull(logIn, "logIn");
    }

    /** The result of the change. */
    public sealed interface Outcome {

        /**
         * Changed.
         *
         * @param user the user after it
         * @param replacement the token to go on with; empty if the request's own still holds
         */
        record Changed(User user, Optional<IssuedToken> replacement) implements Outcome {

            /** Refuses what is missing. */
            public Changed {
                requireNonNull(user, "user");
                requireNonNull(replacement, "replacement");
            }
        }

        /**
         * Nothing was changed.
         *
         * @param why never {@link UpdateUser.Outcome.Updated}
         */
        record NotChanged(UpdateUser.Outcome why) implements Outcome {

            /** Refuses a missing reason. */
            public NotChanged {
                requireNonNull(why, "why");
            }
        }
    }

    /**
     * Changes the user.
     *
     * @param by what the request's token was accepted as
     * @param change what to change
     * @return the user and the token to go on with, or why nothing was changed
     * @throws dev.countersign.AuthFault if the store broke
     */
    public Outcome handle(Authenticated by, UpdateUser.Change change) {
        requireNonNull(change, "change");

        UpdateUser.Outcome outcome = update.handle(
                requireNonNull(by, "by").user().id(),
                requireNonNull(change, "change"),
                user -> authenticate.judge(by.token(), user));
        if (!(outcome instanceof UpdateUser.Outcome.Updated updated)) {
            return new Outcome.NotChanged(outcome);
        }
        User user = updated.user();
        boolean holds = authenticate.judge(by.token(), user).isEmpty();
        return new Outcome.Changed(user, holds ? Optional.empty() : Optional.of(logIn.furtherToken(user)));
    }
}
