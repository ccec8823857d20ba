package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import dev.countersign.AuthFault;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One hash that somebody waits for. The state is guarded by the lock of the budget; the results are written before, and read after, the state says so.
 */
final class HashTask {

    enum State {
        WAITING,
        RUNNING,
        OVER
    }

    final PasswordHasher hasher;
    final RawPassword password;
    final @Nullable PasswordHash stored;
    final Requester requester;
    final long memory;
    final long deadline;
    final Condition over;

    private State state = State.WAITING;
    private boolean matches;
    private @Nullable PasswordHash hash;
    private @Nullable Throwable failure;

    /**
     * Creates a task.
     *
     * @param hasher computes it
     * @param password the password; its owner waits until the task is over
     * @param stored the hash to verify; null to make a new one
     * @param requester for whom
     * @param memory the bytes that the computation needs
     * @param deadline the tick, in nanoseconds, after which it is not begun any more
     * @param over signalled at the end
     */
    HashTask(
            PasswordHasher hasher,
            RawPassword password,
            @Nullable PasswordHash stored,
            Requester requester,
            long memory,
            long deadline,
            Condition over) {
        this.hasher = hasher;
        this.password = password;
        this.stored = stored;
        this.requester = requester;
        this.memory = memory;
        this.deadline = deadline;
        this.over = over;
    }

    State state() {
        return state;
    }

    boolean isLate(long now) {
        return now - deadline >= 0;
    }

    void begin() {
        state = State.RUNNING;
    }

    void end() {
        state = State.OVER;
        over.signalAll();
    }

    void end(Throwable why) {
        fail(why);
        end();
    }

    /** Computes it; without the lock. */
    void compute() {
        try {
            if (stored == null) {
                hash = hasher.hash(password);
            } else {
                matches = hasher.verify(password, stored);
            }
        } catch (Throwable broken) {
            failure = broken;
        }
    }

    PasswordHasher.Check check() {
        return new PasswordHasher.Check(password, requireNonNull(stored));
    }

    void fail(Throwable why) {
        failure = why;
    }

    void matches(boolean whether) {
        matches = whether;
    }

    boolean matched() {
        rethrow();
        return matches;
    }

    PasswordHash hashed() {
        rethrow();
        PasswordHash made = hash;
        if (made == null) {
            throw new IllegalStateException("the hasher returned no hash");
        }
        return made;
    }

    private void rethrow() {
        Throwable broken = failure;
        if (broken instanceof RuntimeException fault) {
            throw fault;
        }
        if (broken instanceof Error error) {
            throw error;
        }
        if (broken != null) {
            throw new AuthFault("a password could not be hashed", broken);
        }
    }
}
