package dev.countersign.jdbi;

import dev.countersign.AuthFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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

    private static final String SAVEPOINT = "countersign";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);

    private final ConnectionFactory connections;
    private final Jdbi jdbi;
    private final Duration statementTimeout;
    /** Tells whether this thread is in a transaction that somebody else ends. */
    private final BooleanSupplier inOthers;
    /** What the stores that take part in one unit of work have in common. */
    private final Object stores;

    private final AtomicReference<@Nullable Vendor> vendor = new AtomicReference<>();

    private Database(
            ConnectionFactory connections, Duration statementTimeout, BooleanSupplier inOthers, Object stores) {
        this.connections = connections;
        this.jdbi = configured(connections, statementTimeout);
        this.statementTimeout = statementTimeout;
        this.inOthers = inOthers;
        this.stores = stores;
    }

    static Database over(ConnectionFactory connections, Duration statementTimeout) {
        return new Database(connections, statementTimeout, () -> false, new Object());
    }

    static Database within(Handle handle, Duration statementTimeout) {
        return new Database(new OneConnection(handle.getConnection()), statementTimeout, () -> true, new Object());
    }

    /** The same, in the same units of work, with another time-out. */
    Database withStatementTimeout(Duration timeout) {
        return new Database(connections, timeout, inOthers, stores);
    }

    /** The same, in the same units of work, inside the transactions of others while there is one. */
    Database joining(BooleanSupplier underWay) {
        return new Database(connections, statementTimeout, underWay, stores);
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
        Handle underWay = Unit.handle(stores);
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
        } catch (RuntimeException failed) {
            throw SafeCause.safe(what, failed);
        }
    }

    private <T> T retried(String what, Supplier<T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException failed) {
                if (attempt >= SqlFailure.of(failed).retries() || inOthers.getAsBoolean()) {
                    throw SafeCause.safe(what, failed);
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
        return run(
                what,
                handle -> handle.isInTransaction()
                        ? Unit.part(stores, handle, work)
                        : committed(handle, begun -> Unit.whole(stores, begun, work)));
    }

    Handle unitHandle() {
        Handle underWay = Unit.handle(stores);
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
        if (Unit.handle(stores) != null || inOthers.getAsBoolean()) {
            return new HeldConnection(this, () -> {});
        }
        Handle handle = retried(what, this::open);
        OneConnection one = new OneConnection(handle.getConnection());
        return new HeldConnection(new Database(one, statementTimeout, () -> false, new Object()), handle::close);
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
        boolean joins = inOthers.getAsBoolean();
        Handle handle = jdbi.open();
        boolean inTransaction = handle.isInTransaction();
        if (inTransaction) {
            // Closing it would roll back what is not ours.
            handle.getConfig(Handles.class).setForceEndTransactions(false);
        }
        if (inTransaction == joins) {
            return handle;
        }
        handle.close();
        throw new IllegalStateException(
                joins
                        ? "there is a transaction under way, but the connection is in auto-commit mode and so is not part of it: these stores"
                                + " need the data source that gives the transaction's own connection"
                        : "connections come in auto-commit mode; a transaction under way is handed in with within(handle), and one that a"
                                + " framework binds to the thread is found by joining(…)");
    }

    private static void pause(String what, int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 6)).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw AuthFault.temporary(what + ": interrupted", stopped);
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
