package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.UnitOfWork;
import dev.countersign.user.StoredUser;
import java.util.function.Supplier;

/**
 * A unit of work over an {@link InMemoryUserStore} and an {@link InMemorySessionStore}, for tests: all of its writes are stored, or none. Other threads
 * wait meanwhile. Thread-safe.
 */
public final class InMemoryUnitOfWork implements UnitOfWork {

    private final InMemoryUserStore users;
    private final InMemorySessionStore sessions;

    /**
     * Wraps a user store.
     *
     * @param users the users
     */
    public InMemoryUnitOfWork(InMemoryUserStore users) {
        this(users, new InMemorySessionStore());
    }

    /**
     * Wraps two stores.
     *
     * @param users the users
     * @param sessions the sessions
     */
    public InMemoryUnitOfWork(InMemoryUserStore users, InMemorySessionStore sessions) {
        this.users = requireNonNull(users, "users");
        this.sessions = requireNonNull(sessions, "sessions");
    }

    @Override
    public <T> T run(Supplier<T> work) {
        requireNonNull(work, "work");

        // The changes are outermost: a listener that hears of them can read what was stored.
        return users.changes().inUnit(() -> restoring(work));
    }

    private <T> T restoring(Supplier<T> work) {
        synchronized (users) {
            synchronized (sessions) {
                ImmutableList<StoredUser> usersBefore = users.all();
                SessionTables sessionsBefore = sessions.copy();
                try {
                    return work.get();
                } catch (RuntimeException | Error thrown) {
                    users.restore(usersBefore);
                    sessions.restore(sessionsBefore);
                    throw thrown;
                }
            }
        }
    }
}
