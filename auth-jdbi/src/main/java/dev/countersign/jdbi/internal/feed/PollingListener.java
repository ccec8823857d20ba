package dev.countersign.jdbi.internal.feed;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Stopwatch;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.SqlFailure;
import dev.countersign.port.UserChanges.Changes;
import dev.countersign.port.UserChanges.Listener;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Asks a database for changes again and again. {@link #close} waits for a question that is being answered. */
abstract sealed class PollingListener implements Listener permits PostgresListener, SqliteListener {

    /** More changes at once than this are reported as a change of everybody. */
    static final int MOST = 10_000;

    private final Duration pause;
    private final Object lock = new Object();
    private volatile boolean closed;

    PollingListener(Duration pause) {
        this.pause = pause;
    }

    @Override
    public final Changes next(Duration wait) {
        requireNonNull(wait, "wait");

        Stopwatch waited = Stopwatch.createStarted();
        while (true) {
            synchronized (lock) {
                if (closed) {
                    throw new IllegalStateException("the listener is closed");
                }
                Changes changes = step(waited, wait);
                if (changes != null) {
                    return changes;
                }
            }
            if (closed) {
                return Changes.NONE;
            }
        }
    }

    private @Nullable Changes step(Stopwatch waited, Duration wait) {
        try {
            Changes changes = poll();
            Duration left = wait.minus(waited.elapsed());
            if (changes.everybody() || !changes.users().isEmpty() || left.toMillis() < 1) {
                return changes;
            }
            pause(left.compareTo(pause) < 0 ? left : pause);
            return null;
        } catch (JdbiException failed) {
            throw broken(SqlFailure.safe(JdbiUserChanges.LISTENING, failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw broken(AuthFault.temporary(JdbiUserChanges.LISTENING + ": interrupted", stopped));
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private RuntimeException broken(RuntimeException fault) {
        close();
        return fault;
    }

    /** Reads what was committed since the last call. */
    abstract Changes poll();

    /** Waits for a change, at most this long. */
    void pause(Duration most) throws InterruptedException {
        Thread.sleep(most.toMillis());
    }

    /** Returns the connection. */
    abstract void release();

    @Override
    public final void close() {
        closed = true;
        synchronized (lock) {
            release();
        }
    }

    /** The changes of rows with users' numbers, of which null means everybody. */
    static Changes changes(List<@Nullable Long> users) {
        if (users.size() > MOST || users.contains(null)) {
            return Changes.EVERYBODY;
        }
        Set<UserId> ids = new HashSet<>();
        for (Long user : users) {
            // A row that somebody wrote by hand may have any number.
            if (user != null && user > 0) {
                ids.add(new UserId(user));
            }
        }
        return ids.isEmpty() ? Changes.NONE : new Changes(ids, false);
    }
}
