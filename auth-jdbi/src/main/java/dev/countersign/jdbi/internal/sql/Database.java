package dev.countersign.jdbi.internal.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/** Runs work on connections, with timeouts, retries, and faults that quote no values. Thread-safe. */
public final class Database {

    /** Tells the time of each transaction. */
    private record Times(LongSupplier nanoTime, Consumer<Duration> each) {

        private static final Times NONE = new Times(() -> 0, time -> {});

        void took(long start) {
            each.accept(Duration.ofNanos(nanoTime.getAsLong() - start));
        }
    }

    private final OpenHandles handles;
    private final Duration statementTimeout;
    /** Identifies the stores that share one unit of work. */
    private final Object stores;

    private final Times times;
    private final AtomicReference<@Nullable Vendor> vendor = new AtomicReference<>();

    private Database(OpenHandles handles, Duration statementTimeout, Object stores, Times times) {
        this.handles = handles;
        this.statementTimeout = statementTimeout;
        this.stores = stores;
        this.times = times;
    }

    public static Database over(ConnectionFactory connections, Duration statementTimeout) {
        return new Database(
                OpenHandles.over(connections, statementTimeout, () -> false),
                statementTimeout,
                new Object(),
                Times.NONE);
    }

    /** The same database inside a transaction of the application. */
    public Database within(Handle handle) {
        return new Database(
                OpenHandles.on(handle.getConnection(), statementTimeout, () -> true),
                statementTimeout,
                new Object(),
                times);
    }

    /** The same database, in the same units of work, with another timeout. */
    public Database withStatementTimeout(Duration timeout) {
        return new Database(
                OpenHandles.over(handles.connections(), timeout, handles.inOthers()), timeout, stores, times);
    }

    /** The same database, in the same units of work, that tells how long each transaction took. */
    public Database timed(LongSupplier nanoTime, Consumer<Duration> eachTransaction) {
        return new Database(handles, statementTimeout, stores, new Times(nanoTime, eachTransaction));
    }

    /** The same database, in the same units of work, that joins a framework's transaction where there is one. */
    public Database joining(BooleanSupplier underWay) {
        return new Database(
                OpenHandles.over(handles.connections(), statementTimeout, underWay), statementTimeout, stores, times);
    }

    /** Runs statements that each are a transaction of their own, or part of the open transaction. */
    public <T> T run(String what, Function<Handle, T> work) {
        Handle underWay = RunningUnit.handle(stores);
        if (underWay != null) {
            return inside(what, underWay, work);
        }
        long start = times.nanoTime().getAsLong();
        try {
            return Attempt.repeated(what, handles.inOthers(), () -> {
                try (Handle handle = handles.open()) {
                    return work.apply(handle);
                }
            });
        } finally {
            times.took(start);
        }
    }

    /** Reads a row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * The first row of a query by a number, without JDBI's statements: they take about as long as the look-up itself.
     *
     * @param sql the query, with one parameter
     */
    public <T> Optional<T> findByNumber(String what, String sql, long number, RowReader<T> reader) {
        return run(what, handle -> {
            try (PreparedStatement query = handle.getConnection().prepareStatement(sql)) {
                query.setQueryTimeout(Math.toIntExact(statementTimeout.toSeconds()));
                query.setLong(1, number);
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
                }
            } catch (SQLException failed) {
                throw new TransactionException(failed);
            }
        });
    }

    // A unit is repeated as a whole, by its owner.
    private static <T> T inside(String what, Handle unit, Function<Handle, T> work) {
        try {
            return work.apply(unit);
        } catch (RuntimeException failed) {
            throw SqlFailure.safe(what, failed);
        }
    }

    /** Runs statements of which all or none are stored. */
    public <T> T inTransaction(String what, Function<Handle, T> work) {
        return run(what, handle -> handle.isInTransaction() ? work.apply(handle) : committed(handle, work));
    }

    /** Runs work whose statements are all stored or none, for every store that it uses on this thread. */
    public <T> T inUnit(String what, Supplier<T> work) {
        return run(
                what,
                handle -> handle.isInTransaction()
                        ? RunningUnit.part(stores, handle, work)
                        : committed(handle, begun -> RunningUnit.whole(stores, begun, work)));
    }

    /** The transaction of the unit of work that this thread is running. */
    public Handle unitHandle() {
        Handle underWay = RunningUnit.handle(stores);
        if (underWay == null) {
            throw new IllegalStateException("this thread is running no unit of work");
        }
        return underWay;
    }

    /** Runs statements about many rows, of which all or none are stored. */
    public <T> T inLargeTransaction(String what, Function<Handle, T> work) {
        return run(
                what,
                handle -> handle.isInTransaction()
                        ? work.apply(handle)
                        : vendor(handle).large(handle, () -> committed(handle, work)));
    }

    /**
     * One connection for a series of transactions.
     *
     * @param database runs the transactions
     * @param release returns the connection
     */
    public record Held(Database database, Runnable release) implements AutoCloseable {

        @Override
        public void close() {
            release.run();
        }
    }

    /** A database that runs all transactions on one connection, until it is closed. */
    public Held hold(String what) {
        if (RunningUnit.handle(stores) != null || handles.inOthers().getAsBoolean()) {
            return new Held(this, () -> {});
        }
        Handle handle = Attempt.repeated(what, handles.inOthers(), handles::open);
        OpenHandles one = OpenHandles.on(handle.getConnection(), statementTimeout, () -> false);
        return new Held(new Database(one, statementTimeout, new Object(), times), handle::close);
    }

    /** A connection that the caller keeps and closes, outside of all transactions. */
    public Handle own(String what) {
        if (RunningUnit.handle(stores) != null || handles.inOthers().getAsBoolean()) {
            throw new IllegalStateException(what + ": not possible inside a transaction");
        }
        return Attempt.repeated(what, handles.inOthers(), handles::open);
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

    /** The database server's time; empty for SQLite. */
    public Optional<Instant> now() {
        return run("reading the database's clock", handle -> vendor(handle).now(handle));
    }

    /** The vendor; asks a connection the first time only. */
    public Vendor vendor(Handle handle) {
        Vendor known = vendor.get();
        if (known == null) {
            known = Vendor.of(handle);
            vendor.set(known);
        }
        return known;
    }
}
