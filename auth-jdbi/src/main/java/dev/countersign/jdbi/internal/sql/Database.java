package dev.countersign.jdbi.internal.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/** Runs work on connections: time-outs, retries, faults without values. Thread-safe. */
public final class Database {

    private final OpenHandles handles;
    private final Duration statementTimeout;
    /** What the stores that take part in one unit of work have in common. */
    private final Object stores;

    private final AtomicReference<@Nullable Vendor> vendor = new AtomicReference<>();

    private Database(OpenHandles handles, Duration statementTimeout, Object stores) {
        this.handles = handles;
        this.statementTimeout = statementTimeout;
        this.stores = stores;
    }

    public static Database over(ConnectionFactory connections, Duration statementTimeout) {
        return new Database(
                OpenHandles.over(connections, statementTimeout, () -> false), statementTimeout, new Object());
    }

    /** Inside a transaction of the application's. */
    public Database within(Handle handle) {
        return new Database(
                OpenHandles.on(handle.getConnection(), statementTimeout, () -> true), statementTimeout, new Object());
    }

    /** The same, in the same units of work, with another time-out. */
    public Database withStatementTimeout(Duration timeout) {
        return new Database(OpenHandles.over(handles.connections(), timeout, handles.inOthers()), timeout, stores);
    }

    /** The same, in the same units of work, inside the transactions of others while there is one. */
    public Database joining(BooleanSupplier underWay) {
        return new Database(
                OpenHandles.over(handles.connections(), statementTimeout, underWay), statementTimeout, stores);
    }

    /** Statements that each are a transaction of their own, or belong to the one under way. */
    public <T> T run(String what, Function<Handle, T> work) {
        Handle underWay = RunningUnit.handle(stores);
        if (underWay != null) {
            return inside(what, underWay, work);
        }
        return Attempt.repeated(what, handles.inOthers(), () -> {
            try (Handle handle = handles.open()) {
                return work.apply(handle);
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

    /** Statements that are stored all or none. */
    public <T> T inTransaction(String what, Function<Handle, T> work) {
        return run(what, handle -> handle.isInTransaction() ? work.apply(handle) : committed(handle, work));
    }

    /** Work whose statements are stored all or none, whichever store it asks on this thread. */
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

    /** Statements about many rows that are stored all or none. */
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
     * @param database runs them
     * @param release gives the connection back
     */
    public record Held(Database database, Runnable release) implements AutoCloseable {

        @Override
        public void close() {
            release.run();
        }
    }

    /** A database whose transactions are all on one connection, until that is closed. */
    public Held hold(String what) {
        if (RunningUnit.handle(stores) != null || handles.inOthers().getAsBoolean()) {
            return new Held(this, () -> {});
        }
        Handle handle = Attempt.repeated(what, handles.inOthers(), handles::open);
        OpenHandles one = OpenHandles.on(handle.getConnection(), statementTimeout, () -> false);
        return new Held(new Database(one, statementTimeout, new Object()), handle::close);
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

    /** Asked of the connection once. */
    public Vendor vendor(Handle handle) {
        Vendor known = vendor.get();
        if (known == null) {
            known = Vendor.of(handle);
            vendor.set(known);
        }
        return known;
    }
}
