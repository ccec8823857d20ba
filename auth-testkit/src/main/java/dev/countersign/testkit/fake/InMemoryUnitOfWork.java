package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.UnitOfWork;
import dev.countersign.user.StoredUser;
import java.util.function.Supplier;

/** Writes into an {@link InMemoryUserStore} that are stored all or none, for tests. Whoever else asks the store meanwhile waits. Thread-safe. */
public final class InMemoryUnitOfWork implements UnitOfWork {

    private final InMemoryUserStore users;

    /** Over a store of users. */
    public InMemoryUnitOfWork(InMemoryUserStore users) {
        this.users = requireNonNull(users, "users");
    }

    @Override
    public <T> T run(Supplier<T> work) {
        requireNonNull(work, "work");

        synchronized (users) {
            ImmutableList<StoredUser> before = users.all();
            try {
                return work.get();
            } catch (RuntimeException | Error thrown) {
                users.restore(before);
                throw thrown;
            }
        }
    }
}
