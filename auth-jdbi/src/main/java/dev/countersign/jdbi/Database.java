package dev.countersign.jdbi;

import dev.countersign.AuthFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/** Runs work on connections: time-outs, retries, faults without values. Thread-safe. */
final class Database {

    private static final ThreadLocal<@Nullable Unit> UNITS = new ThreadLocal<>();
    private static final String SAVEPOINT = "countersign";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);

    private final Jdbi jdbi;
    private final Duration statementTimeout;
    private final boolean transactionOfOthers;
    private final AtomicReference<@Nullable Vendor> vendor = new AtomicReference<>();

    private Database(Jdbi jdbi, Duration statementTimeout, boolean transactionOfOthers) {
        this.jdbi = jdbi;
        this.statementTimeout = statementTimeout;
        this.transactionOfOthers = transactionOfOthers;
    }

    static Database over(ConnectionFactory connections, Duration statementTimeout) {
        return new Database(configured(connections, statementTimeout), statementTimeout, false);
    }

    static Database within(Handle handle, Duration statementTimeout) {
        Jdbi jdbi = configured(new OneConnection(handle.getConnection()), statementTimeout);
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        return new Database(jdbi, statementTimeout, true);
    }

    private static Jdbi configured(ConnectionFactory connections, Duration statementTimeout) {
        Jdbi jdbi = Jdbi.create(connections);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(Math.toIntExact(statementTimeout.toSeconds()));
        jdbi.getConfig(SqlStatements.class).addCustomizer(new CommitWarnings());
        return jdbi;
    }

    /** Statements that each are a transaction of their own, or belong to the one under way. */
    <T> T run(String what, Function<Handle, T> work) {
        Handle underWay = Unit.of(this);
        if (underWay != null) {
            return joining(what, underWay, work);
        }
        return retried(what, () -> {
            try (Handle handle = open()) {
                return work.apply(handle);
            }
        });
    }

    // Whoever began the unit repeats it as a whole.
    private static <T> T joining(String what, Handle unit, Function<Handle, T> work) {
        try {
            return work.apply(unit);
        } catch (JdbiException failed) {
            throw SafeCause.fault(what, failed);
        }
    }

    private <T> T retried(String what, Supplier<T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return work.get();
            } catch (JdbiException | AuthFault failed) {
                if (transactionOfOthers || attempt >= SqlFailure.of(failed).retries()) {
                    throw failed instanceof AuthFault fault ? fault : SafeCause.fault(what, failed);
                }
                pause(what, attempt);
            }
        }
    }

    /** Statements that are stored all or none. */
    <T> T inTransaction(String what, Function<Handle, T> work) {
        return run(what, handle -> handle.isInTransaction() ? work.apply(handle) : committed(handle, work));
    }

    /** Work whose statements are stored all or none, whichever store it asks on this thread. */
    <T> T inUnit(String what, Supplier<T> work) {
        return Unit.of(this) == null ? inTransaction(what, handle -> bound(handle, work)) : work.get();
    }

    private <T> T bound(Handle handle, Supplier<T> work) {
        Unit around = UNITS.get();
        UNITS.set(new Unit(this, handle, around));
        try {
            T result = work.get();
            // After a failed statement PostgreSQL rolls back at the commit, and its driver does not tell.
            handle.execute("SELECT 1");
            return result;
        } finally {
            UNITS.set(around);
        }
    }

    Handle unitHandle() {
        Handle underWay = Unit.of(this);
        if (underWay == null) {
            throw new IllegalStateException("this thread is running no unit of work");
        }
        return underWay;
    }

    /** Statements about many rows that are stored all or none. */
    <T> T inLargeTransaction(String what, Function<Handle, T> work) {
        return run(
                what,
                handle -> handle.isInTransaction()
                        ? work.apply(handle)
                        : vendor(handle).large(handle, () -> committed(handle, work)));
    }

    /** A database whose transactions are all on one connection, until that is closed. */
    HeldConnection hold(String what) {
        if (transactionOfOthers || Unit.of(this) != null) {
            return new HeldConnection(this, () -> {});
        }
        Handle handle = retried(what, this::open);
        Jdbi one = configured(new OneConnection(handle.getConnection()), statementTimeout);
        return new HeldConnection(new Database(one, statementTimeout, false), handle::close);
    }

    private static <T> T committed(Handle handle, Function<Handle, T> work) {
        try {
            handle.getConnection().clearWarnings();
            T result = handle.inTransaction(work::apply);
            CommitWarnings.check(handle.getConnection().getWarnings());
            return result;
        } catch (SQLException unsure) {
            throw new TransactionException(unsure);
        }
    }

    /** A statement that may meet a value of another row: empty if it did, and then it left no trace in a transaction under way. */
    static <T> Optional<T> unlessTaken(Handle handle, Supplier<T> statement) {
        boolean inside = handle.isInTransaction();
        if (inside) {
            handle.savepoint(SAVEPOINT);
        }
        try {
            T result = statement.get();
            if (inside) {
                handle.releaseSavepoint(SAVEPOINT);
            }
            return Optional.of(result);
        } catch (JdbiException failed) {
            if (SqlFailure.of(failed) != SqlFailure.UNIQUE) {
                throw failed;
            }
            if (inside) {
                handle.rollbackToSavepoint(SAVEPOINT);
            }
            return Optional.empty();
        }
    }

    Vendor vendor(Handle handle) {
        Vendor known = vendor.get();
        if (known == null) {
            known = Vendor.of(handle);
            vendor.set(known);
        }
        return known;
    }

    private Handle open() {
        Handle handle = jdbi.open();
        if (!transactionOfOthers && handle.isInTransaction()) {
            close(handle);
            throw new IllegalStateException(
                    "connections come in auto-commit mode; a transaction under way is handed in with within(handle)");
        }
        return handle;
    }

    // Not Handle.close: it would roll back what is not ours.
    private static void close(Handle handle) {
        handle.getConfig(Handles.class).setForceEndTransactions(false);
        handle.close();
    }

    private static void pause(String what, int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 6)).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw AuthFault.temporary(what + ": interrupted", stopped);
        }
    }

    /**
     * A unit of work that a thread is running.
     *
     * @param database whose stores take part
     * @param handle its transaction
     * @param around the one of another database in which it began; null for none
     */
    private record Unit(
            Database database, Handle handle, @Nullable Unit around) {

        static @Nullable Handle of(Database database) {
            for (Unit unit = UNITS.get(); unit != null; unit = unit.around) {
                if (unit.database == database) {
                    return unit.handle;
                }
            }
            return null;
        }
    }

    /** The connection of a transaction under way, which others close. */
    private record OneConnection(Connection connection) implements ConnectionFactory {

        @Override
        public Connection openConnection() throws SQLException {
            return connection;
        }

        @Override
        public void closeConnection(Connection ignored) {
            // Whoever opened it closes it.
        }
    }
}
