package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import java.time.Duration;
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

    private final ConnectionFactory connections;
    private final Database database;
    private final TableNames names;
    private final Duration statementTimeout;

    private JdbiAuthStores(
            ConnectionFactory connections, Database database, TableNames names, Duration statementTimeout) {
        this.connections = connections;
        this.database = database;
        this.names = names;
        this.statementTimeout = statementTimeout;
    }

    /**
     * Over an application's own Jdbi, of which nothing but its connections is used.
     *
     * @param jdbi where connections come from, in auto-commit mode
     * @return the stores
     */
    public static JdbiAuthStores over(Jdbi jdbi) {
        return over(new LentConnections(jdbi), TableNames.STANDARD, STATEMENT_TIMEOUT);
    }

    /**
     * Over a pool.
     *
     * @param pool where connections come from, in auto-commit mode
     * @return the stores
     */
    public static JdbiAuthStores over(DataSource pool) {
        return over(pool::getConnection, TableNames.STANDARD, STATEMENT_TIMEOUT);
    }

    private static JdbiAuthStores over(ConnectionFactory connections, TableNames names, Duration statementTimeout) {
        return new JdbiAuthStores(connections, Database.over(connections, statementTimeout), names, statementTimeout);
    }

    /**
     * The same with tables elsewhere.
     *
     * @param otherNames where
     * @return the stores
     */
    public JdbiAuthStores named(TableNames otherNames) {
        return new JdbiAuthStores(connections, database, otherNames, statementTimeout);
    }

    /**
     * The same with another patience.
     *
     * @param timeout how long a statement may take, in whole seconds from 1 to 3600; five seconds unless said otherwise
     * @return the stores
     */
    public JdbiAuthStores withStatementTimeout(Duration timeout) {
        if (timeout.toSeconds() < 1 || timeout.toSeconds() > 3600) {
            throw new IllegalArgumentException("a statement may take 1 to 3600 seconds, not " + timeout);
        }
        return new JdbiAuthStores(connections, database.withStatementTimeout(timeout), names, timeout);
    }

    /**
     * The same inside a transaction of the application: what is stored becomes durable when that commits, and is undone when that rolls back.
     * Nothing is retried then: a fault that is temporary is for the application to repeat as a whole.
     *
     * @param handle a handle with a transaction under way
     * @return the stores, to be used while the transaction lasts
     */
    public JdbiAuthStores within(Handle handle) {
        if (!handle.isInTransaction()) {
            throw new IllegalArgumentException("the handle has no transaction under way");
        }
        return new JdbiAuthStores(connections, Database.within(handle, statementTimeout), names, statementTimeout);
    }

    /**
     * Makes the tables or brings them up to date. Any number of nodes may do so at once; a script is run wholly or not at all.
     *
     * @return the scripts that this call ran, such as {@code V1__users.sql}; none if there was nothing to do
     * @throws IllegalStateException if a later release changed the tables in a way this one does not know, or if there is a table of one of the
     *     names that the scripts did not make
     */
    public ImmutableList<String> migrate() {
        return new Migration(database, names, Script.ALL).run();
    }

    /** {@return how far the tables are; changes nothing} */
    public SchemaStatus schemaStatus() {
        return new Migration(database, names, Script.ALL).status();
    }

    /**
     * Transactions that all of these stores take part in, those with other names and another patience, too; stores of another {@code over} do not.
     * Exceptions from a database, from a statement of the application's own, too, come out of them as faults that quote no value.
     *
     * @return the unit of work
     */
    public UnitOfWork unitOfWork() {
        return new JdbiUnitOfWork(database);
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

    /** {@return the users in our own table} */
    public UserStore users() {
        return new JdbiUserStore(database, names);
    }

    /** {@return the users in our own table by the thousand, for import and export} */
    public BulkUserStore bulkUsers() {
        return new JdbiBulkUserStore(database, names);
    }

    /** {@return every row of our own table, whether it can be read as a user or not} */
    public UserScan scan() {
        return new UserScan(database, names);
    }

    /** {@return what looks for damage in our own tables, the most general first} */
    public ImmutableList<StoreCheck> checks() {
        return ImmutableList.of(
                new StructureCheck(database, names), new RowCheck(scan()), new IdentifierCheck(database, names));
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
        MappedUserStore users = new MappedUserStore(database, mapping);
        users.checkColumns();
        return users;
    }
}
