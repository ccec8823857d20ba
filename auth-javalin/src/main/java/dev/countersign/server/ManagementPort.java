package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.api.LoginApi;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.management.HealthCheck.Finding;
import dev.countersign.server.management.ManagementServer;
import dev.countersign.server.management.Metrics;
import dev.countersign.usecase.Sessions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port of a server, if one is configured: what it checks and measures. */
final class ManagementPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

    private final @Nullable ListeningPort port;
    private @Nullable ManagementServer server;

    private ManagementPort(@Nullable ListeningPort port) {
        this.port = port;
    }

    /** Binds the port, so that a port in use is reported before any file is created. */
    static ManagementPort bind(ServerConfig config) throws ConfigException {
        if (config.management().port().isEmpty()) {
            return new ManagementPort(null);
        }
        int number = config.management().port().getAsInt();
        if (number != 0 && number == config.port()) {
            throw new ConfigException("management_port is " + number
                    + ", the public port: give another port, so that health and metrics are never public");
        }
        return new ManagementPort(
                ListeningPort.bindManagement(config.management().host(), number));
    }

    /** What it checks and measures. */
    record Parts(Storage storage, ServerEvents events, Sessions sessions, KeyRings keys, ClockWatch clocks) {}

    /** Starts answering. */
    void start(Parts parts, Mounts assembly, List<LoginApi> mounts, StoredHashes hashes) {
        ListeningPort bound = port;
        if (bound == null) {
            return;
        }
        if (!bound.isPrivate()) {
            LOG.warn("others can reach the management port at {}: let only your monitoring through", bound.url());
        }
        Metrics metrics = new Metrics()
                .pool(parts.storage()::measure)
                .store(parts.storage().times()::transactions, parts.storage().times()::nanos)
                .sessions(parts.sessions())
                .hashes(assembly.budget())
                .storedHashes(parts.storage().hashSample(), hashes::kind)
                .events(
                        mounts.stream().map(mount -> mount.auth().mount()).toList(),
                        parts.events().counts(),
                        parts.events()::lost);
        for (LoginApi mount : mounts) {
            metrics.tokens(mount.auth().mount(), mount.auth());
        }
        server = ManagementServer.start(
                (jetty, http) -> bound.connector(jetty, ImmutableList.of(http)),
                ImmutableMap.of(
                        "store", parts.storage()::health,
                        "changes", () -> changes(parts.sessions()),
                        "clock", parts.clocks()::health,
                        "keys", parts.keys()::health),
                metrics);
    }

    private static Finding changes(Sessions sessions) {
        Sessions.Health health = sessions.health();
        String silence =
                "the database last reported changes " + health.silence().toMillis() + " ms ago";
        if (!health.isSilent()) {
            return Finding.up(silence);
        }
        return sessions.whenSilent() == Sessions.WhenSilent.REFUSE
                ? Finding.down(silence + ": tokens are refused")
                : Finding.degraded(silence + ": sessions that were ended meanwhile are still accepted");
    }

    /** The address for this machine; empty if there is no management port. */
    Optional<String> url() {
        return Optional.ofNullable(port).map(ListeningPort::url);
    }

    /** From now on the server is not ready. */
    void stopping() {
        if (server != null) {
            server.stopping();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (port != null) {
            port.close();
        }
    }
}
