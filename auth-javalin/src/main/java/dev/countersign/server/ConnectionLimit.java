package dev.countersign.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/** The limit of simultaneous connections. */
final class ConnectionLimit {

    private static final int MOST_CONNECTIONS = 8192;
    private static final int RESERVED_FILES = 128;
    private static final long CROWDED_IDLE_MILLIS = 1000;

    private ConnectionLimit() {}

    /** Reserves file descriptors for the database and the log. */
    static void limit(Server server) {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(mostConnections(), server);
        limit.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
        server.addBean(limit);
    }

    private static int mostConnections() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : MOST_CONNECTIONS;
        return (int) Math.max(1, Math.min(MOST_CONNECTIONS, files - Math.max(RESERVED_FILES, files / 4)));
    }
}
