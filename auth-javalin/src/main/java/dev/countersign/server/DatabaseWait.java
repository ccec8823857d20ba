package dev.countersign.server;

import com.zaxxer.hikari.HikariConfig;
import dev.countersign.server.config.ConfigException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Waits up to 10 s for a database server that is still starting. Fails fast on errors that a retry cannot fix. */
final class DatabaseWait {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private DatabaseWait() {}

    static void await(HikariConfig settings) throws ConfigException {
        Properties properties = new Properties();
        properties.putAll(settings.getDataSourceProperties());
        // The pool's settings, under the names that the driver uses.
        if (settings.getUsername() != null) {
            properties.setProperty("user", settings.getUsername());
        }
        if (settings.getPassword() != null) {
            properties.setProperty("password", settings.getPassword());
        }
        String url = settings.getJdbcUrl();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try (Connection connection = driver(url).connect(url, properties)) {
                if (connection != null) {
                    return;
                }
                throw unusable();
            } catch (SQLException failed) {
                if (!isTransient(failed) || System.nanoTime() - end > 0) {
                    throw new ConfigException("the database cannot be opened: " + failed.getMessage());
                }
            } catch (RuntimeException broken) {
                throw unusable();
            }
            pause();
        }
    }

    private static Driver driver(String url) throws ConfigException {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException none) {
            throw unusable();
        }
    }

    // Without the cause: its message may quote the address.
    private static ConfigException unusable() {
        return new ConfigException("the database cannot be opened: its address cannot be used");
    }

    // No connection, too many connections, or a server that is starting.
    private static boolean isTransient(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        return state.startsWith("08") || state.startsWith("53") || state.equals("57P03");
    }

    private static void pause() throws ConfigException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ConfigException("the database cannot be opened: interrupted");
        }
    }
}
