package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableMap;
import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;

/**
 * Settings under which every request is answered in bounded time whatever becomes of the database, and under which connections find
 * the primary again after a failover. Those of the driver are defaults: what the URL says wins.
 */
final class PoolSettings {

    private static final int CONNECTIONS = 8;
    /** How long a request waits for a connection. */
    private static final Duration CONNECTION = Duration.ofSeconds(3);
    /** How long an idle connection may take to show that it is alive. */
    private static final Duration VALIDATION = Duration.ofSeconds(1);
    /** How long the first connection to a server may take. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final String POSTGRESQL = "jdbc:postgresql:";

    private static final ImmutableMap<String, String> DRIVER = ImmutableMap.<String, String>builder()
            // Longer than a statement may take, so that only a server that does not answer at all loses its connection.
            .put("socketTimeout", "7")
            .put("cancelSignalTimeout", "2")
            // Each host has these for itself; all hosts together have loginTimeout.
            .put("connectTimeout", "2")
            .put("sslResponseTimeout", "2000")
            .put("gssResponseTimeout", "2000")
            .put("loginTimeout", "10")
            // Else a standby is taken for one for ten seconds after it was promoted.
            .put("hostRecheckSeconds", "1")
            .put("tcpKeepAlive", "true")
            .put("ApplicationName", "countersign")
            .buildOrThrow();

    private PoolSettings() {}

    static HikariConfig of(String url) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setPoolName("countersign");
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(CONNECTION.toMillis());
        settings.setValidationTimeout(VALIDATION.toMillis());
        // A file that cannot be opened now cannot be opened later.
        settings.setInitializationFailTimeout(1);
        if (url.startsWith(POSTGRESQL)) {
            settings.setInitializationFailTimeout(START.toMillis());
            DRIVER.forEach(settings::addDataSourceProperty);
        }
        return settings;
    }
}
