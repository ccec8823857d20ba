package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import java.util.Optional;
import java.util.function.Function;

/** The result of authenticating a request to a route of the application's own. */
public sealed interface Admission {

    /**
     * The request may go on.
     *
     * @param by the user and the token; empty for a request without token where that is allowed ({@link Guard#optional})
     * @param headers header fields that the dialect adds to every answer to such a request; the application sends them with its own
     */
    record Admitted(Optional<Authenticated> by, Headers headers) implements Admission {

        /** Rejects null components. */
        public Admitted {
            requireNonNull(by, "by");
            requireNonNull(headers, "headers");
        }

        /** {@return the user the request acts as; empty for a request without token where that is allowed} */
        public Optional<User> user() {
            return by.map(Authenticated::user);
        }
    }

    /**
     * The request may not go on.
     *
     * @param answer the answer to send, in the dialect's words
     */
    record Refused(Answer answer) implements Admission {

        /** Rejects null. */
        public Refused {
            requireNonNull(answer, "answer");
        }
    }

    /**
     * What to do with either result.
     *
     * @param admitted for a request that may go on
     * @param refused for one that may not
     * @param <T> what both give
     * @return what the one that applies gives
     */
    default <T> T fold(Function<Admitted, T> admitted, Function<Answer, T> refused) {
        requireNonNull(admitted, "admitted");
        requireNonNull(refused, "refused");

        return this instanceof Admitted yes ? admitted.apply(yes) : refused.apply(((Refused) this).answer());
    }
}
