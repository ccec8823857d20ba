package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.UserChanges;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reports the changes of in-memory stores, for tests; those of a unit of work when it ends. Thread-safe. */
public final class InMemoryUserChanges implements UserChanges {

    private final List<UserId> committed = new ArrayList<>();
    private final ThreadLocal<List<UserId>> uncommitted = ThreadLocal.withInitial(ArrayList::new);
    private final ThreadLocal<Integer> units = ThreadLocal.withInitial(() -> 0);

    /** Creates a feed without changes. */
    public InMemoryUserChanges() {}

    @Override
    public synchronized Listener listen() {
        return new Reader(committed.size());
    }

    /**
     * Reports a change.
     *
     * @param user the number of the user who was changed
     */
    public void report(UserId user) {
        requireNonNull(user, "user");

        uncommitted.get().add(requireNonNull(user, "user"));
        if (units.get() == 0) {
            commit();
        }
    }

    private void commit() {
        synchronized (this) {
            committed.addAll(uncommitted.get());
            notifyAll();
        }
        uncommitted.remove();
    }

    /** Runs work whose changes are reported when all work around it has ended, and not at all if it throws. */
    <T> T inUnit(Supplier<T> work) {
        int before = uncommitted.get().size();
        units.set(units.get() + 1);
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            units.set(units.get() - 1);
            if (!done) {
                uncommitted.get().subList(before, uncommitted.get().size()).clear();
            }
            if (units.get() == 0) {
                units.remove();
                commit();
            }
        }
    }

    private final class Reader implements Listener {

        private int next;
        private boolean closed;

        Reader(int next) {
            this.next = next;
        }

        @Override
        public Changes next(Duration wait) {
            requireNonNull(wait, "wait");

            synchronized (InMemoryUserChanges.this) {
                if (closed) {
                    throw new IllegalStateException("the listener is closed");
                }
                if (next == committed.size() && wait.toMillis() > 0) {
                    pause(wait);
                }
                Set<UserId> users = new HashSet<>(committed.subList(next, committed.size()));
                next = committed.size();
                return new Changes(users, false);
            }
        }

        private void pause(Duration wait) {
            try {
                TimeUnit.MILLISECONDS.timedWait(InMemoryUserChanges.this, wait.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stopped);
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryUserChanges.this) {
                closed = true;
                InMemoryUserChanges.this.notifyAll();
            }
        }
    }
}
