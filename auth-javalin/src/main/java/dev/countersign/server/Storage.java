package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.DatabaseUrl;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.user.Kept;
import dev.countersign.user.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The database behind the server: the embedded file or the one that is configured. Closed with its pool. */
public final class Storage implements AutoCloseable {

    /** Whether a database that is not there is made. */
    private enum Missing {
        MAKE,
        REFUSE
    }

    private static final String FIRST_SCRIPT = "V1__";

    private final Runnable closing;
    private final JdbiAuthStores stores;
    private final String place;
    private final boolean isNewFile;
    private boolean hasNewTables;

    private Storage(HikariDataSource pool, ServerConfig config, boolean isNewFile) {
        this(JdbiAuthStores.over(pool), pool::close, config, isNewFile);
    }

    private Storage(JdbiAuthStores stores, Runnable closing, ServerConfig config, boolean isNewFile) {
        this.stores = stores.withStatementTimeout(config.database().statementTimeout());
        this.closing = closing;
        this.place = place(config);
        this.isNewFile = isNewFile;
    }

    /**
     * Opens the database and brings its tables up to date, or looks whether they are if that is left to others. A database that is not there is made. The
     * numbers below the first one are reserved.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if the database cannot be opened, or if its tables are not up to date and to be left alone
     */
    public static Storage open(ServerConfig config) throws ConfigException {
        Storage storage = config.database().migrateAtStart() ? migrated(config) : unchanged(config);
        try {
            storage.reserve(config.firstNumber());
            return storage;
        } catch (RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    private static Storage migrated(ServerConfig config) throws ConfigException {
        Storage storage = connected(config, Missing.MAKE);
        try {
            storage.migrate();
            return storage;
        } catch (RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Opens a database that is there, and brings tables that are there up to date unless that is left to others.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if there is no database or none of our tables, with the place that was looked at
     */
    static Storage existing(ServerConfig config) throws ConfigException {
        if (!config.database().migrateAtStart()) {
            return unchanged(config);
        }
        Storage storage = connected(config, Missing.REFUSE);
        try {
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
     * Opens the database and changes nothing.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if the database cannot be opened, or if its tables are not up to date, with what to do
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
     * Opens the database whatever is in it, without changing it.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if there is none, or it cannot be opened
     */
    public static Storage asItIs(ServerConfig config) throws ConfigException {
        return connected(config, Missing.REFUSE);
    }

    /**
     * Opens the database whatever is in it; one that is not there is made.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if it cannot be opened or made
     */
    public static Storage forMigration(ServerConfig config) throws ConfigException {
        return connected(config, Missing.MAKE);
    }

    /**
     * Opens the database to read it, however damaged it is.
     *
     * @param config the settings
     * @return the open storage
     * @throws ConfigException if there is none, or it cannot be opened at all
     */
    public static Storage forChecks(ServerConfig config) throws ConfigException {
        if (!isSqlite(config)) {
            return connected(config, Missing.REFUSE);
        }
        refuseMissing(config);
        return new Storage(JdbiAuthStores.over(Jdbi.create(DatabasePool.toRead(config))), () -> {}, config, false);
    }

    private static void refuseMissing(ServerConfig config) throws ConfigException {
        if (isMissing(config)) {
            throw new ConfigException("there is no database " + place(config)
                    + ": give its folder as --data or its address as --database; auth-server db migrate makes one");
        }
    }

    private static Storage connected(ServerConfig config, Missing missing) throws ConfigException {
        if (!isSqlite(config)) {
            return new Storage(DatabasePool.onServer(config), config, false);
        }
        if (missing == Missing.REFUSE) {
            refuseMissing(config);
        }
        boolean isNew = missing == Missing.MAKE && !Files.exists(Path.of(place(config)));
        return new Storage(DatabasePool.onFile(config, isNew), config, isNew);
    }

    /** {@return the database's make} */
    public static String vendor(ServerConfig config) {
        return isSqlite(config) ? "SQLite" : "PostgreSQL";
    }

    private static boolean isSqlite(ServerConfig config) {
        return config.database().url().map(DatabaseUrl::isSqlite).orElse(true);
    }

    /** {@return where the database is, in words that can be shown} */
    public static String place(ServerConfig config) {
        return config.database()
                .url()
                .map(DatabaseUrl::place)
                .orElse(EmbeddedFile.file(config.data()).toString());
    }

    /** {@return the SQLite file; empty if the database is another} */
    static Optional<Path> file(ServerConfig config) {
        return isSqlite(config) ? Optional.of(Path.of(place(config))) : Optional.empty();
    }

    /** {@return whether opening it would make it: it is an SQLite file that is not there} */
    public static boolean isMissing(ServerConfig config) {
        return isSqlite(config) && Files.notExists(Path.of(place(config)));
    }

    /** {@return what this opening made, in words; empty if everything was there} */
    public Optional<String> made() {
        if (isNewFile) {
            return Optional.of("made the database " + place);
        }
        return hasNewTables ? Optional.of("made the tables in the database " + place) : Optional.empty();
    }

    /** {@return the scripts that were not run yet and that this call ran} */
    public ImmutableList<String> migrate() {
        ImmutableList<String> ran = stores.migrate();
        hasNewTables = ran.stream().anyMatch(file -> file.startsWith(FIRST_SCRIPT));
        return ran;
    }

    private void reserve(UserId first) {
        if (first.value() > 1) {
            stores.numberUsersFrom(first);
        }
    }

    /** Whether one of the first users demonstrably has something from an old system. */
    boolean hasUsersOf(Kept what, String system) {
        return stores.hasUsersOf(what, system);
    }

    /** Migrates, and folds all identifiers anew. */
    public void refold() {
        stores.refold();
    }

    /** The time of the database's machine; empty if that is this one. */
    Optional<Instant> databaseTime() {
        return stores.databaseTime();
    }

    /** {@return how far the tables are} */
    public SchemaStatus schemaStatus() {
        return stores.schemaStatus();
    }

    /** {@return every row, whether it can be read as a user or not} */
    UserScan scan() {
        return stores.scan();
    }

    /** {@return what looks for damage, the most general first} */
    public ImmutableList<StoreCheck> checks() {
        return stores.checks();
    }

    /** {@return the users in batches} */
    BulkUserStore bulkUsers() {
        return stores.bulkUsers();
    }

    /** {@return a sample of the users' hashes} */
    public HashSample hashSample() {
        return stores.hashSample();
    }

    /** {@return the users} */
    public UserStore users() {
        return stores.users();
    }

    @Override
    public void close() {
        closing.run();
    }
}
