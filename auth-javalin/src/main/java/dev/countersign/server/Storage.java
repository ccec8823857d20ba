package dev.countersign.server;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.table.KeyRingTable;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.EventStore;
import dev.countersign.port.HashSample;
import dev.countersign.port.SessionStore;
import dev.countersign.port.ThrottleStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.management.HealthCheck;
import dev.countersign.user.Kept;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The server's database: the embedded file or the configured database. {@link #close} closes its connection pool. */
public final class Storage implements AutoCloseable {

    /** Whether to create a database that does not exist. */
    private enum Missing {
        MAKE,
        REFUSE
    }

    /** What must hold before anything is written. */
    interface Precondition {

        /** Checks the database as it is; an exception leaves it unchanged. */
        void check(Storage unchanged) throws ConfigException;
    }

    private static final String FIRST_SCRIPT = "V1__";

    private final Runnable closing;
    private final Consumer<Object> measured;
    private final StoreTimes times = new StoreTimes();
    private final JdbiAuthStores stores;
    private final String place;
    private final boolean isNewFile;
    private boolean hasNewTables;

    private Storage(HikariDataSource pool, ServerConfig config, boolean isNewFile) {
        this(JdbiAuthStores.over(pool), pool::close, pool::setMetricRegistry, config, isNewFile);
    }

    private Storage(
            JdbiAuthStores stores,
            Runnable closing,
            Consumer<Object> measured,
            ServerConfig config,
            boolean isNewFile) {
        this.stores = stores.withStatementTimeout(config.database().statementTimeout())
                .timed(System::nanoTime, times);
        this.closing = closing;
        this.measured = measured;
        this.place = DatabasePlace.of(config);
        this.isNewFile = isNewFile;
    }

    /**
     * Opens the database, creates it if it does not exist, and migrates its tables. With {@code migrate_at_start: false} it only checks that database
     * and tables are up to date. Reserves the user numbers below {@code first_number}.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if the database cannot be opened, or if its tables are not up to date and must not be migrated
     */
    public static Storage open(ServerConfig config) throws ConfigException {
        return open(config, unchanged -> {});
    }

    /** Opens the database as {@link #open(ServerConfig)}, if a condition holds. */
    static Storage open(ServerConfig config, Precondition condition) throws ConfigException {
        Storage storage = config.database().migrateAtStart() ? connected(config, Missing.MAKE) : unchanged(config);
        try {
            condition.check(storage);
            if (config.database().migrateAtStart()) {
                storage.migrate();
            }
            storage.reserve(config.firstNumber());
            return storage;
        } catch (ConfigException | RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Opens an existing database, and migrates its tables unless {@code migrate_at_start} is false.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if there is no database or it has no Countersign tables; the message names the place
     */
    static Storage existing(ServerConfig config) throws ConfigException {
        return existing(config, unchanged -> {});
    }

    /** Opens an existing database as {@link #existing(ServerConfig)}, if a condition holds. */
    static Storage existing(ServerConfig config, Precondition condition) throws ConfigException {
        Storage storage = config.database().migrateAtStart() ? connected(config, Missing.REFUSE) : unchanged(config);
        try {
            condition.check(storage);
            if (!config.database().migrateAtStart()) {
                return storage;
            }
            SchemaStatus status = storage.schemaStatus();
            if (status.state() == SchemaStatus.State.MISSING) {
                SchemaAdvice.check(status);
            }
            storage.migrate();
            return storage;
        } catch (ConfigException | RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Opens an existing database without changing it.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if the database cannot be opened or its tables are not up to date; the message says what to do
     */
    public static Storage unchanged(ServerConfig config) throws ConfigException {
        Storage storage = connected(config, Missing.REFUSE);
        try {
            SchemaAdvice.check(storage.schemaStatus());
            return storage;
        } catch (ConfigException | RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Opens an existing database without checking or changing its tables.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if there is none, or it cannot be opened
     */
    public static Storage asItIs(ServerConfig config) throws ConfigException {
        return connected(config, Missing.REFUSE);
    }

    /**
     * Opens the database without checking its tables, and creates it if it does not exist.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if it cannot be opened or created
     */
    public static Storage forMigration(ServerConfig config) throws ConfigException {
        return connected(config, Missing.MAKE);
    }

    /**
     * Opens the database read-only, even if it is damaged.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if there is none, or it cannot be opened at all
     */
    public static Storage forChecks(ServerConfig config) throws ConfigException {
        if (!DatabasePlace.isSqlite(config)) {
            return connected(config, Missing.REFUSE);
        }
        refuseMissing(config);
        return new Storage(
                JdbiAuthStores.over(Jdbi.create(DatabasePool.toRead(config))), () -> {}, registry -> {}, config, false);
    }

    private static void refuseMissing(ServerConfig config) throws ConfigException {
        if (DatabasePlace.isMissing(config)) {
            throw new ConfigException("there is no database " + DatabasePlace.of(config)
                    + ": give its folder as --data or its address as --database; auth-server db migrate makes one");
        }
    }

    private static Storage connected(ServerConfig config, Missing missing) throws ConfigException {
        if (!DatabasePlace.isSqlite(config)) {
            return new Storage(DatabasePool.onServer(config), config, false);
        }
        if (missing == Missing.REFUSE) {
            refuseMissing(config);
        }
        boolean isNew = missing == Missing.MAKE && !Files.exists(Path.of(DatabasePlace.of(config)));
        return new Storage(DatabasePool.onFile(config, isNew), config, isNew);
    }

    /** {@return a message about what was created on opening; empty if everything existed} */
    public Optional<String> made() {
        if (isNewFile) {
            return Optional.of("made the database " + place);
        }
        return hasNewTables ? Optional.of("made the tables in the database " + place) : Optional.empty();
    }

    /** {@return the pending scripts that this call ran} */
    public List<String> migrate() {
        List<String> ran = stores.migrate();
        hasNewTables = ran.stream().anyMatch(file -> file.startsWith(FIRST_SCRIPT));
        return ran;
    }

    private void reserve(UserId first) {
        if (first.value() > 1) {
            stores.numberUsersFrom(first);
        }
    }

    /** Whether at least one of the first thousand users is known to have kept a name from an old system. */
    boolean hasUsersOf(Kept what, String system) {
        return stores.hasUsersOf(what, system);
    }

    /** Migrates, and refolds all identifiers. */
    public void refold() {
        stores.refold();
    }

    /** The clock of the database server; empty for an embedded database. */
    Optional<Instant> databaseTime() {
        return stores.databaseTime();
    }

    /** {@return the state of the schema} */
    public SchemaStatus schemaStatus() {
        return stores.schemaStatus();
    }

    /** {@return a scan over every row, including rows that cannot be read as a user} */
    UserScan scan() {
        return stores.scan();
    }

    /** {@return the checks for damage, the most general first} */
    public List<StoreCheck> checks() {
        return stores.checks();
    }

    /** {@return the store for batches of users} */
    BulkUserStore bulkUsers() {
        return stores.bulkUsers();
    }

    /** The encrypted keys. */
    KeyRingTable keyRings() {
        return stores.keyRings();
    }

    /** {@return the sample of stored hashes} */
    public HashSample hashSample() {
        return stores.hashSample();
    }

    /** {@return the table of security events} */
    EventStore events() {
        return stores.events();
    }

    /** {@return the user store} */
    public UserStore users() {
        return stores.users();
    }

    /** {@return the store of sessions} */
    SessionStore sessions() {
        return stores.sessions();
    }

    /** {@return the counts of failed logins} */
    ThrottleStore throttle() {
        return stores.throttle();
    }

    /** {@return the reports of changes by any process} */
    UserChanges changes() {
        return stores.changes();
    }

    /** {@return the unit of work that users and sessions take part in} */
    UnitOfWork unitOfWork() {
        return stores.unitOfWork();
    }

    /** How long its transactions took. */
    StoreTimes times() {
        return times;
    }

    /** Measures the connections with a Micrometer registry. */
    void measure(Object registry) {
        measured.accept(registry);
    }

    /** Whether a user can be looked up, and how long that takes. */
    HealthCheck.Finding health() {
        long start = System.nanoTime();
        stores.users().find(new UserKey.ById(new UserId(Long.MAX_VALUE)));
        return HealthCheck.Finding.up("a look-up takes " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    @Override
    public void close() {
        closing.run();
    }
}
