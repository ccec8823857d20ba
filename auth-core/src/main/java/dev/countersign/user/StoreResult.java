package dev.countersign.user;

import static java.util.Objects.requireNonNull;

/** The result of storing a user. */
public sealed interface StoreResult {

    /** Stored. */
    record Stored(User user) implements StoreResult {

        /** Rejects null components. */
        public Stored {
            requireNonNull(user, "user");
        }
    }

    /** Nothing was stored: another user has the e-mail address, the username or the UUID. Who has which is a matter of looking up. */
    record Taken() implements StoreResult {}

    /** Nothing was stored: the user is gone or was changed meanwhile. */
    record Stale() implements StoreResult {}
}
