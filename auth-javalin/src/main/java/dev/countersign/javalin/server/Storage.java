package dev.countersign.javalin.server;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.DatabaseConfig;
import dev.countersign.javalin.server.config.DatabasePassword;
import dev.countersign.javalin.server.config.DatabaseUrl;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.server.config.TextFile;
import dev.countersign.jdbi.IdentifierProblem;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SchemaStatus;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.user.Kept;
import dev.countersign.user.UserId;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** The database behind the server: the embedded file or the one that is configured. Closed with its pool. */
public final class Storage implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbiAuthStores stores;

    private Storage(HikariDataSource pool, DatabaseConfig database) {
        this.pool = pool;
        this.stores = JdbiAuthStores.over(pool).withStatementTimeout(database.statementTimeout());
    }

    /**
     * Opens the database and brings its tables up to date, or looks whether they are if that is left to others.
     *
     * @param config what the server was told
     * @return the open storage
     * @throws ConfigException if the database cannot be opened, or if its tables are not up to date and to be left alone
     */
    public static Storage open(ServerConfig config) throws ConfigException {
        if (!config.database().migrateAtStart()) {
            return unchanged(config);
        }
        Storage storage = asItIs(config);
        try {
            storage.migrate();
            storage.reserve(config.firstNumber());
            return storage;
        } catch (RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Opens the database and changes nothing about its tables.
     *
     * @param config what the server was told
     * @return the open storage
     * @throws ConfigException if the database cannot be opened, or if its tables are not up to date, with what to do
     */
    public static Storage unchanged(ServerConfig config) throws ConfigException {
        if (isMissing(config)) {
            SchemaAdvice.check(SchemaStatus.ofNothing());
        }
        Storage storage = asItIs(config);
        try {
            SchemaAdvice.check(storage.schemaStatus());
            storage.reserve(config.firstNumber());
            return storage;
        } catch (ConfigException | RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Opens the database whatever is in it.
     *
     * @param config what the server was told
     * @return the open storage
     * @throws ConfigException if the database cannot be opened
     */
    public static Storage asItIs(ServerConfig config) throws ConfigException {
        DatabaseConfig database = config.database();
        DatabaseUrl url =
                isSqlite(config) ? EmbeddedFile.ready(config) : database.url().orElseThrow();
        HikariConfig settings = PoolSettings.of(url, database);
        database.user().ifPresent(settings::setUsername);
        password(database).map(DatabasePassword::revealForConnection).ifPresent(settings::setPassword);
        if (!url.isSqlite()) {
            FirstConnection.await(settings);
        }
        HikariDataSource pool = pool(settings);
        try {
            return new Storage(pool, database);
        } catch (RuntimeException unusable) {
            pool.close();
            throw unusable;
        }
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

    /** {@return whether opening it would make it: it is an SQLite file that is not there} */
    public static boolean isMissing(ServerConfig config) {
        return isSqlite(config) && Files.notExists(Path.of(place(config)));
    }

    private static Optional<DatabasePassword> password(DatabaseConfig database) throws ConfigException {
        if (database.passwordFile().isEmpty()) {
            return database.password();
        }
        Path file = database.passwordFile().get();
        try {
            OwnerOnly.check(file);
            String text = TextFile.read(file).replaceAll("[\\r\\n]+$", "");
            if (text.isEmpty()) {
                throw new ConfigException("the file " + file + " holds no password");
            }
            return Optional.of(DatabasePassword.of(text));
        } catch (FileSystemException unusable) {
            throw new ConfigException("the file " + file + " with the database's password cannot be read: "
                    + unusable.getClass().getSimpleName());
        } catch (IOException noText) {
            throw new ConfigException(
                    "the file " + file + " with the database's password cannot be read: " + noText.getMessage());
        }
    }

    private static HikariDataSource pool(HikariConfig settings) throws ConfigException {
        try {
            return new HikariDataSource(settings);
        } catch (RuntimeException unreachable) {
            // The pool's own messages quote the address; the driver's do not.
            String reason = Throwables.getCausalChain(unreachable).stream()
                    .filter(SQLException.class::isInstance)
                    .map(cause -> String.valueOf(cause.getMessage()))
                    .findFirst()
                    .orElse("its address cannot be used");
            throw new ConfigException("the database cannot be opened: " + reason);
        }
    }

    /** {@return the scripts that were not run yet and that this call ran} */
    public ImmutableList<String> migrate() {
        return stores.migrate();
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

    /** Reports identifiers of several users that are equal, and those that a former release stored. */
    void checkIdentifiers(Consumer<IdentifierProblem> found) {
        stores.checkIdentifiers(found);
    }

    /** {@return how far the tables are} */
    public SchemaStatus schemaStatus() {
        return stores.schemaStatus();
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
        pool.close();
    }
}
