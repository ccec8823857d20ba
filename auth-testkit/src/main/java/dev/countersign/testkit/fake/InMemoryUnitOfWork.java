package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.UnitOfWork;
import dev.countersign.user.StoredUser;
import java.util.function.Supplier;

/** A unit of work over an {@link InMemoryUserStore}, for tests: all of its writes are stored, or none. Other threads wait meanwhile. Thread-safe. */
public final class InMemoryUnitOfWork implements UnitOfWork {

    private final InMemoryUserStore users;

    /** Wraps a user store. */
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
