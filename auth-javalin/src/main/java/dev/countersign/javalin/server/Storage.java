package dev.countersign.javalin.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The database behind the server: the embedded file or the one that is configured. Closed with its pool. */
public final class Storage implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbiAuthStores stores;

    private Storage(HikariDataSource pool) {
        this.pool = pool;
        this.stores = JdbiAuthStores.over(pool);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param config what the server was told
     * @return the open storage
     * @throws ConfigException if the database cannot be opened
     */
    public static Storage open(ServerConfig config) throws ConfigException {
        String url = config.database().isPresent() ? config.database().get() : embedded(config.data());
        HikariDataSource pool = pool(PoolSettings.of(url));
        try {
            Storage storage = new Storage(pool);
            storage.stores.migrate();
            return storage;
        } catch (RuntimeException unusable) {
            pool.close();
            throw unusable;
        }
    }

    private static HikariDataSource pool(HikariConfig settings) throws ConfigException {
        try {
            return new HikariDataSource(settings);
        } catch (RuntimeException unreachable) {
            throw new ConfigException("the database cannot be opened: " + unreachable.getMessage());
        }
    }

    private static String embedded(Path data) throws ConfigException {
        try {
            OwnerOnly.createFolder(data);
            // The driver unpacks its native library: beside the data rather than into a folder that everybody can
            // write.
            Path natives = data.resolve("native");
            OwnerOnly.createFolder(natives);
            if (System.getProperty("org.sqlite.tmpdir") == null) {
                System.setProperty("org.sqlite.tmpdir", natives.toAbsolutePath().toString());
            }
            if (!Files.isWritable(data)) {
                throw new ConfigException("the data folder " + data + " cannot be written to");
            }
        } catch (IOException unusable) {
            throw new ConfigException("the data folder " + data + " cannot be used: " + unusable);
        }
        return SqliteUrl.of(data.resolve("auth.db"));
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
