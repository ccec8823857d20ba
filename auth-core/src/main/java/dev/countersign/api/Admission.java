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
     * The request is refused.
     *
     * @param answer the answer to send, in the dialect's format
     */
    record Refused(Answer answer) implements Admission {

        /** Rejects null. */
        public Refused {
            requireNonNull(answer, "answer");
        }
    }

    /**
     * Applies one of two functions to the result.
     *
     * @param admitted applied if the request may go on
     * @param refused applied to the answer if it may not
     * @param <T> the type that both functions return
     * @return the value that the function returned
     */
    default <T> T fold(Function<Admitted, T> admitted, Function<Answer, T> refused) {
        requireNonNull(admitted, "admitted");
        requireNonNull(refused, "refused");

        return this instanceof Admitted yes ? admitted.apply(yes) : refused.apply(((Refused) this).answer());
    }
}
