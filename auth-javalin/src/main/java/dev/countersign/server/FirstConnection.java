package dev.countersign.server;

import com.zaxxer.hikari.HikariConfig;
import dev.countersign.server.config.ConfigException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Waits for a database server that is being started at the same time; what no waiting mends is told at once. */
final class FirstConnection {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private FirstConnection() {}

    static void await(HikariConfig settings) throws ConfigException {
        Properties properties = new Properties();
        properties.putAll(settings.getDataSourceProperties());
        // Those of the pool's own that the driver calls by these names.
        if (settings.getUsername() != null) {
            properties.setProperty("user", settings.getUsername());
        }
        if (settings.getPassword() != null) {
            properties.setProperty("password", settings.getPassword());
        }
        String url = settings.getJdbcUrl();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (Connection connection = driver(url).connect(url, properties)) {
                if (connection != null) {
                    return;
                }
                throw unusable();
            } catch (SQLException failed) {
                if (!mayPass(failed) || System.nanoTime() - end > 0) {
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

    // Without the cause, whose message may quote the address.
    private static ConfigException unusable() {
        return new ConfigException("the database cannot be opened: its address cannot be used");
    }

    // No connection, no connection to spare, or a server that is starting.
    private static boolean mayPass(SQLException failed) {
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
