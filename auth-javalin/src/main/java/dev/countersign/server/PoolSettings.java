package dev.countersign.server;

import com.google.common.collect.ImmutableMap;
import com.zaxxer.hikari.HikariConfig;
import dev.countersign.server.config.DatabaseConfig;
import dev.countersign.server.config.DatabaseUrl;
import java.time.Duration;

/**
 * Settings under which every request is answered in bounded time whatever becomes of the database, and under which connections find
 * the primary again after a failover. Those of the driver are defaults: what the URL says wins.
 */
final class PoolSettings {

    /** The longest an idle connection may take to show that it is alive. */
    private static final Duration VALIDATION = Duration.ofSeconds(1);

    private PoolSettings() {}

    static HikariConfig of(DatabaseUrl url, DatabaseConfig database) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url.revealForConnection());
        settings.setPoolName("countersign");
        settings.setMaximumPoolSize(database.pool());
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(database.poolWait().toMillis());
        // Of a request's wait it takes a part, so that there is time for a connection that is alive.
        Duration part = database.poolWait().dividedBy(3);
        settings.setValidationTimeout((part.compareTo(VALIDATION) < 0 ? part : VALIDATION).toMillis());
        settings.setInitializationFailTimeout(1);
        if (!url.isSqlite()) {
            driver(database).forEach(settings::addDataSourceProperty);
            if (url.hasSeveralHosts()) {
                // Else the first one that answers is taken, even if it has become a standby.
                settings.addDataSourceProperty("targetServerType", "primary");
            }
            settings.setExceptionOverride(new ReadOnlyEviction());
        }
        return settings;
    }

    private static ImmutableMap<String, String> driver(DatabaseConfig database) {
        String connect = Long.toString(database.connectTimeout().toSeconds());
        String connectMillis = Long.toString(database.connectTimeout().toMillis());
        return ImmutableMap.<String, String>builder()
                // Longer than a statement may take, so that only a server that does not answer at all loses its
                // connection.
                .put("socketTimeout", Long.toString(database.statementTimeout().toSeconds() + 2))
                .put("cancelSignalTimeout", connect)
                // Each host has these for itself; all hosts together have loginTimeout.
                .put("connectTimeout", connect)
                .put("sslResponseTimeout", connectMillis)
                .put("gssResponseTimeout", connectMillis)
                .put(
                        "loginTimeout",
                        Long.toString(database.connectTimeout().multipliedBy(5).toSeconds()))
                // Else a standby is taken for one for ten seconds after it was promoted.
                .put("hostRecheckSeconds", "1")
                .put("tcpKeepAlive", "true")
                .put("ApplicationName", "countersign")
                .buildOrThrow();
    }
}
