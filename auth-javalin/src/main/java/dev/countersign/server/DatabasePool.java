package dev.countersign.server;

import com.google.common.base.Throwables;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.DatabaseConfig;
import dev.countersign.server.config.DatabasePassword;
import dev.countersign.server.config.DatabaseUrl;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.sqlite.DatabaseFile;
import dev.countersign.server.sqlite.DriverLibrary;
import dev.countersign.server.sqlite.QuickCheck;
import dev.countersign.server.sqlite.WatchedPool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Opens the connection pool, to a file or to a server, or reports the reason in one line. */
final class DatabasePool {

    // SQLITE_OPEN_READONLY
    private static final int READ_ONLY = 1;

    private DatabasePool() {}

    static HikariDataSource onFile(ServerConfig config, boolean make) throws ConfigException {
        DatabaseUrl url = EmbeddedDatabase.url(config);
        DatabaseFile file = new DatabaseFile(Path.of(url.place()));
        if (make) {
            EmbeddedDatabase.make(config, file);
        }
        file.checkWritable();
        EmbeddedDatabase.warn(file);
        DriverLibrary.load(config.data());
        QuickCheck.check(file.path());
        try {
            return WatchedPool.open(PoolSettings.of(url, config.database()), file);
        } catch (SQLException unusable) {
            throw new ConfigException(
                    "the database " + file.path() + " cannot be opened: " + DatabaseTrouble.of(unusable, file.path()));
        } catch (RuntimeException unreachable) {
            throw unusable(unreachable);
        }
    }

    /** The address for read-only connections to a file that may be damaged. */
    static String toRead(ServerConfig config) throws ConfigException {
        DatabaseFile file =
                new DatabaseFile(Path.of(EmbeddedDatabase.url(config).place()));
        file.checkWritable();
        DriverLibrary.load(config.data());
        return "jdbc:sqlite:" + file.path() + "?open_mode=" + READ_ONLY + "&busy_timeout=5000";
    }

    static HikariDataSource onServer(ServerConfig config) throws ConfigException {
        DatabaseConfig database = config.database();
        HikariConfig settings = PoolSettings.of(database.url().orElseThrow(), database);
        database.user().ifPresent(settings::setUsername);
        password(database).map(DatabasePassword::revealForConnection).ifPresent(settings::setPassword);
        DatabaseWait.await(settings);
        try {
            return new HikariDataSource(settings);
        } catch (RuntimeException unreachable) {
            throw unusable(unreachable);
        }
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
        } catch (IOException unusable) {
            throw new ConfigException(
                    "the file " + file + " with the database's password cannot be read: " + FileTrouble.of(unusable));
        }
    }

    private static ConfigException unusable(RuntimeException unreachable) {
        // The pool's own messages quote the address; the driver's do not.
        String reason = Throwables.getCausalChain(unreachable).stream()
                .filter(SQLException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .findFirst()
                .orElse("its address cannot be used");
        return new ConfigException("the database cannot be opened: " + reason);
    }
}
