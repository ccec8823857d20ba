package dev.countersign.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/** How many connections the server holds at once. */
final class MostConnections {

    private static final int MOST_CONNECTIONS = 8192;
    private static final int OWN_FILES = 128;
    private static final long CROWDED_IDLE_MILLIS = 1000;

    private MostConnections() {}

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
