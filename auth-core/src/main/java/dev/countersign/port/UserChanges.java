package dev.countersign.port;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.UserId;
import java.time.Duration;
import java.util.Set;

/**
 * Reports which users were changed or had a session ended, by any process that writes to the store. A node that remembers users and tokens forgets them
 * on such a report. {@code UserChangesContract} in the testkit specifies the behaviour.
 */
@FunctionalInterface
public interface UserChanges {

    /**
     * Starts listening. A listener may hold a connection, and belongs to no unit of work.
     *
     * @return a listener, which reports what is committed from now on
     * @throws RuntimeException if the store fails, or this thread is running a unit of work
     */
    Listener listen();

    /** Listens to changes. Used by one thread at a time; {@link #close} may be called by another. */
    interface Listener extends AutoCloseable {

        /**
         * Returns the changes since the last call, as soon as there are some. No change is missed, whatever the order in which concurrent transactions
         * commit; one may be reported twice.
         *
         * @param wait how long to wait for a change, at most
         * @return the changes; without any if there was none
         * @throws RuntimeException if the store could not be asked; the listener is then closed
         * @throws IllegalStateException if the listener was closed before; if it is closed during the call, there are no changes
         */
        Changes next(Duration wait);

        @Override
        void close();
    }

    /**
     * What changed.
     *
     * @param users the users' numbers
     * @param everybody whether any user may have changed, such as after a bulk import
     */
    record Changes(Set<UserId> users, boolean everybody) {

        /** Nothing. */
        public static final Changes NONE = new Changes(Set.of(), false);

        /** Any user may have changed. */
        public static final Changes EVERYBODY = new Changes(Set.of(), true);

        /** Copies the set. */
        public Changes {
            users = Set.copyOf(requireNonNull(users, "users"));
        }
    }
}
