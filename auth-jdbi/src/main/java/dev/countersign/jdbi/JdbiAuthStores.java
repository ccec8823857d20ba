package dev.countersign.jdbi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.bulk.BulkStores;
import dev.countersign.jdbi.internal.bulk.Numbering;
import dev.countersign.jdbi.internal.check.Checks;
import dev.countersign.jdbi.internal.folding.Refolding;
import dev.countersign.jdbi.internal.mapped.MappedStores;
import dev.countersign.jdbi.internal.schema.Migration;
import dev.countersign.jdbi.internal.schema.SchemaScripts;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.LentConnections;
import dev.countersign.jdbi.internal.store.OwnTable;
import dev.countersign.jdbi.internal.store.UserTable;
import dev.countersign.jdbi.table.IdentifierProblem;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.HashSample;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.Kept;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The stores over JDBI, in SQLite or PostgreSQL, whichever the connections lead to. Faults are {@code AuthFault}s and quote no value. Immutable and
 * thread-safe, and so are the stores; those of {@link #within} belong to the thread of their transaction.
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
     * Over an application's own Jdbi, of which nothing but its connections is used.
     *
     * @param jdbi where connections come from, in auto-commit mode unless {@link #joining}
     * @return the stores
     */
    public static JdbiAuthStores over(Jdbi jdbi) {
        requireNonNull(jdbi, "jdbi");

        return over(new LentConnections(jdbi));
    }

    /**
     * Over a pool.
     *
     * @param pool where connections come from, in auto-commit mode unless {@link #joining}
     * @return the stores
     */
    public static JdbiAuthStores over(DataSource pool) {
        return over(pool::getConnection);
    }

    private static JdbiAuthStores over(ConnectionFactory connections) {
        return new JdbiAuthStores(Database.over(connections, STATEMENT_TIMEOUT), TableNames.STANDARD);
    }

    /**
     * The same with tables elsewhere.
     *
     * @param otherNames where
     * @return the stores
     */
    public JdbiAuthStores named(TableNames otherNames) {
        requireNonNull(otherNames, "otherNames");

        return new JdbiAuthStores(database, otherNames);
    }

    /**
     * The same with another time-out.
     *
     * @param timeout how long a statement may take, in whole seconds from 1 to 3600; five seconds unless said otherwise
     * @return the stores
     */
    public JdbiAuthStores withStatementTimeout(Duration timeout) {
        if (timeout.toSeconds() < 1 || timeout.toSeconds() > 3600) {
            throw new IllegalArgumentException("a statement may take 1 to 3600 seconds, not " + timeout);
        }
        return new JdbiAuthStores(database.withStatementTimeout(timeout), names);
    }

    /**
     * The same inside a transaction of the application: what is stored becomes durable when that commits, and is undone when that rolls back.
     * Nothing is retried then: a fault that is temporary is for the application to repeat as a whole.
     *
     * <p>An {@code Auth} over them would note logins on a thread of its own, where these stores must not be used: use the stores themselves, or
     * {@link #unitOfWork}.
     *
     * @param handle a handle with a transaction under way
     * @return the stores, to be used while the transaction lasts
     */
    public JdbiAuthStores within(Handle handle) {
        if (!handle.isInTransaction()) {
            throw new IllegalArgumentException("the handle has no transaction under way");
        }
        return new JdbiAuthStores(database.within(handle), names);
    }

    /**
     * The same inside transactions that a framework binds to a thread, such as Spring's {@code @Transactional}: what is stored on a thread that has one is part
     * of it, becomes durable when the framework commits, and is undone when it rolls back. On other threads all is as before. Inside, nothing is retried: a fault
     * that is temporary is for the application to repeat as a whole. Logins are noted on threads of the core's own, outside of it.
     *
     * <p>The connections must be the framework's: in Spring those of a {@code TransactionAwareDataSourceProxy}. A connection that is in auto-commit mode
     * inside a transaction, or is not in auto-commit mode outside of any, is refused with an {@link IllegalStateException}: nobody would undo, or commit, what is
     * stored through it.
     *
     * @param underWay tells whether the thread that asks is in a transaction, such as {@code TransactionSynchronizationManager::isActualTransactionActive}
     * @return the stores
     */
    public JdbiAuthStores joining(BooleanSupplier underWay) {
        return new JdbiAuthStores(database.joining(requireNonNull(underWay, "underWay")), names);
    }

    /**
     * Makes the tables or brings them up to date. Any number of nodes may do so at once; a script is run wholly or not at all.
     *
     * @return the scripts that this call ran, such as {@code V1__users.sql}; none if there was nothing to do
     * @throws IllegalStateException if a later release changed the tables in a way this one does not know, or if there is a table of one of the
     *     names that the scripts did not make
     */
    public ImmutableList<String> migrate() {
        return new Migration(database, names, SchemaScripts.ALL).run();
    }

    /**
     * Migrates, and folds every identifier anew. Needed once if a server of a release before schema version 3 went on storing users after the first
     * start of this one.
     *
     * @throws IllegalStateException as {@link #migrate}
     */
    public void refold() {
        new Migration(database, names, SchemaScripts.ALL).refoldAll();
    }

    /**
     * Folds the identifiers of a mapped table anew, if it has columns of folded forms. Needed once for a table that a release before schema version 3
     * wrote; until then its users are found by what they registered, and equal identifiers can be stored twice.
     *
     * @param mapping what the table's columns mean
     */
    public void refold(TableMapping mapping) {
        MappedStores.refolding(requireNonNull(mapping, "mapping")).all(database);
    }

    /**
     * Reads all users and reports identifiers that are equal to another user's, or that have the form of a former release. Changes nothing.
     *
     * @param found receives each problem, in the order of the users' numbers
     */
    public void checkIdentifiers(Consumer<IdentifierProblem> found) {
        requireNonNull(found, "found");

        Refolding.of(names).check(database, found, every -> {});
    }

    /**
     * Reads the clock that all who share this database can compare theirs with.
     *
     * @return the time of the database's machine; empty for SQLite, whose file has no other clock than this machine's
     * @throws dev.countersign.AuthFault if the database broke
     */
    public Optional<Instant> databaseTime() {
        return database.run(
                "reading the database's clock",
                handle -> database.vendor(handle).now(handle));
    }

    /** {@return how far the tables are; changes nothing} */
    public SchemaStatus schemaStatus() {
        return new Migration(database, names, SchemaScripts.ALL).status();
    }

    /**
     * Transactions that all of these stores take part in, those with other names and another time-out, too; stores of another {@code over} do not.
     * Exceptions from a database, from a statement of the application's own, too, come out of them as faults that quote no value.
     *
     * @return the unit of work
     */
    public UnitOfWork unitOfWork() {
        return OwnTable.unitOfWork(database);
    }

    /**
     * The transaction of the {@link #unitOfWork} that this thread is running, for the application's own statements. They have our time-out.
     *
     * @return the handle, without the plug-ins of any Jdbi of the application's; not to be closed, committed, rolled back or kept
     * @throws IllegalStateException if this thread is running no unit of work of these stores
     */
    public Handle unitHandle() {
        return database.unitHandle();
    }

    private UserTable table() {
        return UserTable.of(names, UserProperties.KNOWN);
    }

    /** {@return the users in our own table} */
    public UserStore users() {
        return OwnTable.users(database, table());
    }

    /** {@return a sample of the hashes in our own table, for decoys like them} */
    public HashSample hashSample() {
        return OwnTable.hashSample(database, names);
    }

    /**
     * A sample of the hashes in an application's own table, for decoys like them.
     *
     * @param mapping what the table's columns mean
     * @return the sample
     */
    public HashSample hashSampleIn(TableMapping mapping) {
        return OwnTable.hashSample(database, mapping);
    }

    /**
     * Reserves numbers: users who are stored from now on get higher ones, so that a system that goes on giving lower ones to its own users never gives the same.
     * Numbers that were given already stay, and numbers never go back. Any number of nodes may do so, any number of times.
     *
     * @param first the lowest number of a new user, at most {@link dev.countersign.user.ImportedUser#LARGEST_NUMBER}
     * @throws dev.countersign.AuthFault if the database broke
     */
    public void numberUsersFrom(UserId first) {
        if (first.value() > ImportedUser.LARGEST_NUMBER) {
            throw new IllegalArgumentException("users are numbered from at most " + ImportedUser.LARGEST_NUMBER);
        }
        Numbering.raise(database, names, first.value() - 1);
    }

    /**
     * Tells whether the first of our users demonstrably have something from an old system, without which its tokens do not hold.
     *
     * @param what what the old system's tokens name their user by
     * @param system the old system's name
     * @return whether one of the first thousand users has it
     */
    public boolean hasUsersOf(Kept what, String system) {
        requireNonNull(what, "what");
        requireNonNull(system, "system");

        return OwnTable.hasUsersOf(database, names, what, system);
    }

    /** {@return the users in our own table in batches, for import and export} */
    public BulkUserStore bulkUsers() {
        return BulkStores.users(database, table());
    }

    /** {@return every row of our own table, whether it can be read as a user or not} */
    public UserScan scan() {
        return OwnTable.scan(database, table());
    }

    /** {@return what looks for damage in our own tables, the most general first} */
    public ImmutableList<StoreCheck> checks() {
        return Checks.of(database, names, scan());
    }

    /**
     * The users in an application's own table, of which nothing but rows is changed. {@link #migrate} is not needed for it.
     *
     * @param mapping what the table's columns mean
     * @return the users
     * @throws dev.countersign.AuthFault if the table or one of the columns is not there
     * @throws IllegalArgumentException if the column of the number is not of an integer type
     */
    public UserStore usersIn(TableMapping mapping) {
        return MappedStores.users(database, mapping);
    }
}
