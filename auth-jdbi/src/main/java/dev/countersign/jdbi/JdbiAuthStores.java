package dev.countersign.jdbi;

import static java.util.Objects.requireNonNull;

import dev.countersign.jdbi.internal.bulk.BulkStores;
import dev.countersign.jdbi.internal.bulk.Numbering;
import dev.countersign.jdbi.internal.check.Checks;
import dev.countersign.jdbi.internal.event.EventStores;
import dev.countersign.jdbi.internal.feed.ChangeFeed;
import dev.countersign.jdbi.internal.folding.Refolding;
import dev.countersign.jdbi.internal.keys.KeyTables;
import dev.countersign.jdbi.internal.mapped.MappedStores;
import dev.countersign.jdbi.internal.schema.Migration;
import dev.countersign.jdbi.internal.schema.SchemaScripts;
import dev.countersign.jdbi.internal.session.SessionStores;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.LentConnections;
import dev.countersign.jdbi.internal.store.OwnTable;
import dev.countersign.jdbi.internal.store.UserTable;
import dev.countersign.jdbi.internal.throttle.ThrottleStores;
import dev.countersign.jdbi.table.IdentifierProblem;
import dev.countersign.jdbi.table.KeyRingTable;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.EventStore;
import dev.countersign.port.HashSample;
import dev.countersign.port.SessionStore;
import dev.countersign.port.ThrottleStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.user.Kept;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The stores over JDBI for SQLite and PostgreSQL; the connection decides which. Errors of the database surface as {@code AuthFault}s that quote no
 * value. Immutable and thread-safe, and so are the stores; those of {@link #within} belong to the thread of their transaction.
 */
public final class JdbiAuthStores {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final TableNames names;

    private JdbiAuthStores(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    /**
     * Stores over an application's own Jdbi. Only its connections are used, not its plug-ins or settings.
     *
     * @param jdbi supplies connections, in auto-commit mode unless {@link #joining}
     * @return the stores
     */
    public static JdbiAuthStores over(Jdbi jdbi) {
        return over(new LentConnections(requireNonNull(jdbi, "jdbi")));
    }

    /**
     * Stores over a connection pool.
     *
     * @param pool supplies connections, in auto-commit mode unless {@link #joining}
     * @return the stores
     */
    public static JdbiAuthStores over(DataSource pool) {
        return over(pool::getConnection);
    }

    private static JdbiAuthStores over(ConnectionFactory connections) {
        return new JdbiAuthStores(Database.over(connections, STATEMENT_TIMEOUT), TableNames.STANDARD);
    }

    /**
     * The same stores with other table names.
     *
     * @param otherNames the schema and prefix of the tables
     * @return the stores
     */
    public JdbiAuthStores named(TableNames otherNames) {
        return new JdbiAuthStores(database, requireNonNull(otherNames, "otherNames"));
    }

    /**
     * The same stores with another statement timeout.
     *
     * @param timeout how long a statement may take, in whole seconds from 1 to 3600; 5 s by default
     * @return the stores
     */
    public JdbiAuthStores withStatementTimeout(Duration timeout) {
        if (timeout.toSeconds() < 1 || timeout.toSeconds() > 3600) {
            throw new IllegalArgumentException("a statement may take 1 to 3600 seconds, not " + timeout);
        }
        return new JdbiAuthStores(database.withStatementTimeout(timeout), names);
    }

    /**
     * The same stores, which tell how long each transaction took: from the wait for a connection to its return, repetitions included. Listeners of
     * {@link #changes} keep their connection and are not measured.
     *
     * @param nanoTime a clock that only runs forward, such as {@code System::nanoTime}
     * @param eachTransaction is given the time, also of failed ones, on the thread that used the store; it must be fast and throw nothing
     * @return the stores
     */
    public JdbiAuthStores timed(LongSupplier nanoTime, Consumer<Duration> eachTransaction) {
        requireNonNull(nanoTime, "nanoTime");
        requireNonNull(eachTransaction, "eachTransaction");

        return new JdbiAuthStores(database.timed(nanoTime, eachTransaction), names);
    }

    /**
     * The same stores inside a transaction of the application: their changes become durable when it commits and are undone when it rolls back. The
     * stores retry nothing then: after a temporary fault the application repeats its whole transaction.
     *
     * <p>Do not build an {@code Auth} over these stores: it records logins on a thread of its own, where these stores must not be used. Use the
     * stores themselves, or {@link #unitOfWork}.
     *
     * @param handle a handle with an open transaction
     * @return the stores, usable until the transaction ends
     */
    public JdbiAuthStores within(Handle handle) {
        if (!handle.isInTransaction()) {
            throw new IllegalArgumentException("the handle has no transaction under way");
        }
        return new JdbiAuthStores(database.within(handle), names);
    }

    /**
     * The same stores inside transactions that a framework binds to a thread, such as Spring's {@code @Transactional}. On a thread with such a
     * transaction, changes are part of it: they become durable when the framework commits and are undone when it rolls back. On other threads nothing
     * changes. Inside a transaction the stores retry nothing: after a temporary fault the application repeats its whole transaction. Logins are
     * recorded on threads of the core, outside the transaction.
     *
     * <p>The connections must be the framework's: in Spring those of a {@code TransactionAwareDataSourceProxy}. A connection that is in auto-commit
     * mode inside a transaction, or not in auto-commit mode outside one, is rejected with an {@link IllegalStateException}: its changes would never
     * be rolled back, or never be committed.
     *
     * @param underWay whether the calling thread is in a transaction, such as {@code TransactionSynchronizationManager::isActualTransactionActive}
     * @return the stores
     */
    public JdbiAuthStores joining(BooleanSupplier underWay) {
        return new JdbiAuthStores(database.joining(requireNonNull(underWay, "underWay")), names);
    }

    /**
     * Creates the tables or brings them up to date. Several nodes may do so at once; each script runs completely or not at all.
     *
     * @return the scripts that this call ran, such as {@code V1__users.sql}; empty if the schema was up to date
     * @throws IllegalStateException if a later release changed the tables in a way that this release does not know, or if a table has one of our
     *     names and the scripts did not create it
     */
    public List<String> migrate() {
        return new Migration(database, names, SchemaScripts.ALL).run();
    }

    /**
     * Migrates, and computes the folded form of every identifier again. Needed once if a server of a release before schema version 3 still stored
     * users after this release was first started.
     *
     * @throws IllegalStateException as {@link #migrate}
     */
    public void refold() {
        new Migration(database, names, SchemaScripts.ALL).refoldAll();
    }

    /**
     * Computes the folded forms of a mapped table's identifiers again, if the table has columns for them. Needed once for a table that a release
     * before schema version 3 wrote; until then users are found only by the spelling they registered, and equal identifiers can be stored twice.
     *
     * @param mapping what the table's columns mean
     */
    public void refold(TableMapping mapping) {
        MappedStores.refolding(requireNonNull(mapping, "mapping")).all(database);
    }

    /**
     * Reads all users and reports identifiers that equal another user's, or that have a folded form of a former release. Changes nothing.
     *
     * @param found receives each problem, in the order of the users' numbers
     */
    public void checkIdentifiers(Consumer<IdentifierProblem> found) {
        requireNonNull(found, "found");

        Refolding.of(names).check(database, found, every -> {});
    }

    /** {@return the database server's time, against which nodes can compare their own; empty for SQLite, whose file is on this machine} */
    public Optional<Instant> databaseTime() {
        return database.now();
    }

    /** {@return the schema's version and state; changes nothing} */
    public SchemaStatus schemaStatus() {
        return new Migration(database, names, SchemaScripts.ALL).status();
    }

    /**
     * Transactions that all of these stores share, including stores with other table names or timeouts; stores of another {@code over} call do not
     * take part. Exceptions of the database, including those of the application's own statements, surface as faults that quote no value.
     *
     * @return the unit of work
     */
    public UnitOfWork unitOfWork() {
        return OwnTable.unitOfWork(database);
    }

    /**
     * The transaction of the {@link #unitOfWork} that this thread is running, for the application's own statements. The statement timeout of these
     * stores applies.
     *
     * @return the handle, without the plug-ins of the application's Jdbi; do not close, commit, roll back or keep it
     * @throws IllegalStateException if this thread is running no unit of work of these stores
     */
    public Handle unitHandle() {
        return database.unitHandle();
    }

    private UserTable table() {
        return UserTable.of(names, UserProperties.KNOWN);
    }

    /** {@return the users in Countersign's own table} */
    public UserStore users() {
        return OwnTable.users(database, table());
    }

    /** {@return a sample of the hashes in Countersign's own table, from which decoys of the same formats and costs are made} */
    public HashSample hashSample() {
        return OwnTable.hashSample(database, names);
    }

    /**
     * {@return the same of an application's own table}
     *
     * @param mapping what the table's columns mean
     */
    public HashSample hashSampleIn(TableMapping mapping) {
        return OwnTable.hashSample(database, mapping);
    }

    /**
     * Reserves numbers: users stored from now on get higher ones, so that a system that still assigns lower numbers to its own users never assigns
     * the same one. Numbers already assigned stay, and numbers never decrease. Several nodes may call this at once, and repeatedly.
     *
     * @param first the lowest number of a new user, at most {@link dev.countersign.user.ImportedUser#LARGEST_NUMBER}
     * @throws dev.countersign.AuthFault if the database failed
     */
    public void numberUsersFrom(UserId first) {
        Numbering.startAt(database, names, first);
    }

    /**
     * Checks whether imported users kept a property of an old system that tokens of that system need, by looking at the first thousand users.
     *
     * @param what the property by which the old system's tokens identify their user
     * @param system the old system's name
     * @return whether one of the first thousand users has kept it
     */
    public boolean hasUsersOf(Kept what, String system) {
        return OwnTable.hasUsersOf(database, names, what, system);
    }

    /** {@return the sessions, in Countersign's own tables also if the users are in an application's} */
    public SessionStore sessions() {
        return SessionStores.sessions(database, names);
    }

    /** {@return the counts of failed logins, in Countersign's own table also if the users are in an application's} */
    public ThrottleStore throttle() {
        return ThrottleStores.counts(database, names);
    }

    /** {@return the feed of changed users; each listener holds a connection and must not be started inside a transaction} */
    public UserChanges changes() {
        return ChangeFeed.of(database, names);
    }

    /** {@return the encrypted rings of keys, which nodes that share the database share} */
    public KeyRingTable keyRings() {
        return KeyTables.rings(database, names);
    }

    /** {@return the append-only table of security events, in Countersign's own tables also if the users are in an application's} */
    public EventStore events() {
        return EventStores.events(database, names);
    }

    /** {@return the users in Countersign's own table in batches, for import and export} */
    public BulkUserStore bulkUsers() {
        return BulkStores.users(database, table());
    }

    /** {@return a scan of every row of Countersign's own table, including rows that cannot be read as a user} */
    public UserScan scan() {
        return OwnTable.scan(database, table());
    }

    /** {@return the checks for damage in Countersign's own tables, the most general first} */
    public List<StoreCheck> checks() {
        return Checks.of(database, names, scan());
    }

    /**
     * The users in an application's own table. Only its rows are changed, never its structure; {@link #migrate} is not needed.
     *
     * @param mapping what the table's columns mean
     * @return the users
     * @throws dev.countersign.AuthFault if the table or one of the columns does not exist
     * @throws IllegalArgumentException if the column of the user's number is not of an integer type, or a trigger is missing
     */
    public UserStore usersIn(TableMapping mapping) {
        return MappedStores.users(database, names, mapping);
    }
}
