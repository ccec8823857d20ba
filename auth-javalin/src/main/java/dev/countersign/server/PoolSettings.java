package dev.countersign.server;

import com.google.common.collect.ImmutableMap;
import com.zaxxer.hikari.HikariConfig;
import dev.countersign.server.config.DatabaseConfig;
import dev.countersign.server.config.DatabaseUrl;
import java.time.Duration;

/**
 * Pool and driver settings that bound the time of every request even if the database fails, and that find the new primary after a failover. The
 * driver settings are defaults: the URL overrides them.
 */
final class PoolSettings {

    /** The timeout for the check whether an idle connection is alive. */
    private static final Duration VALIDATION = Duration.ofSeconds(1);

    private PoolSettings() {}

    static HikariConfig of(DatabaseUrl url, DatabaseConfig database) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url.revealForConnection());
        settings.setPoolName("countersign");
        // One more, which listens to changes for as long as the server runs.
        settings.setMaximumPoolSize(database.pool() + 1);
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(database.poolWait().toMillis());
        // Only a part of a request's wait, so that there is time left to get another connection.
        Duration part = database.poolWait().dividedBy(3);
        settings.setValidationTimeout((part.compareTo(VALIDATION) < 0 ? part : VALIDATION).toMillis());
        settings.setInitializationFailTimeout(1);
        if (!url.isSqlite()) {
            driver(database).forEach(settings::addDataSourceProperty);
            if (url.hasSeveralHosts()) {
                // Otherwise the driver uses the first host that answers, even a standby.
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
                // Longer than the statement timeout, so that only a server that does not answer at all
                // loses its connection.
                .put("socketTimeout", Long.toString(database.statementTimeout().toSeconds() + 2))
                .put("cancelSignalTimeout", connect)
                // These apply to each host; loginTimeout applies to all hosts together.
                .put("connectTimeout", connect)
                .put("sslResponseTimeout", connectMillis)
                .put("gssResponseTimeout", connectMillis)
                .put(
                        "loginTimeout",
                        Long.toString(database.connectTimeout().multipliedBy(5).toSeconds()))
                // Otherwise a promoted standby counts as a standby for another ten seconds.
                .put("hostRecheckSeconds", "1")
                .put("tcpKeepAlive", "true")
                .put("ApplicationName", "countersign")
                .buildOrThrow();
    }
}
