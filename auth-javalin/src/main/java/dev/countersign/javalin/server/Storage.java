package dev.countersign.javalin.server;

import com.google.common.base.Throwables;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.server.config.Setting;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import java.sql.SQLException;

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
        String url = config.database().isPresent() ? known(config.database().get()) : EmbeddedFile.in(config.data());
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

    /** An address may hold a password, so nothing that is said about it quotes it. */
    private static String known(String url) throws ConfigException {
        if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:sqlite:")) {
            throw new ConfigException(Setting.DATABASE.flag() + ": the address is for no database that is known here;"
                    + " it starts with jdbc:postgresql: or jdbc:sqlite:");
        }
        return url;
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

    /** {@return the users by the thousand} */
    BulkUserStore bulkUsers() {
        return stores.bulkUsers();
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
