package dev.countersign.javalin.server;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.countersign.javalin.server.config.ServerConfig;
import java.lang.management.ManagementFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Where the server listens, and how many connections it holds at once. */
final class OwnConnector {

    private static final int MOST_CONNECTIONS = 8192;
    private static final int OWN_FILES = 128;
    private static final int WAITING = 1024;
    private static final long CROWDED_IDLE_MILLIS = 1000;

    private OwnConnector() {}

    static ServerConnector of(Server server, HttpConfiguration http, ServerConfig config) {
        ServerConnector connector = new ServerConnector(server, new HeadDeadline(http, config.requestTimeout()));
        connector.setHost(config.host());
        connector.setPort(config.port());
        // Those who come while many connect at once wait in line; the system's own line is short.
        connector.setAcceptQueueSize(WAITING);
        return connector;
    }

    /** The database and the log need files of their own when clients take all they can. */
    static void limit(Server server) {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(mostConnections(), server);
        limit.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
        server.addBean(limit);
    }

    private static int mostConnections() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : MOST_CONNECTIONS;
        return (int) Math.max(1, Math.min(MOST_CONNECTIONS, files - Math.max(OWN_FILES, files / 4)));
    }
}
