package dev.countersign.user;

import static java.util.Objects.requireNonNull;

/** The result of storing a user. */
public sealed interface StoreResult {

    /** The user was stored. */
    record Stored(User user) implements StoreResult {

        /** Rejects null components. */
        public Stored {
            requireNonNull(user, "user");
        }
    }

    /** Nothing was stored: another user has the e-mail address, the username or the UUID. A look-up shows which. */
    record Taken() implements StoreResult {}

    /** Nothing was stored: the user was deleted or changed meanwhile. */
    record Stale() implements StoreResult {}
}
