package dev.countersign.server.management;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /metrics} on a port of its own (ASVS 13.4). It has threads of its own, so that a busy public
 * port does not delay it.
 */
public final class ManagementServer implements AutoCloseable {

    private static final int THREADS = 8;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Server jetty;
    private final Readiness readiness;
    private final Metrics metrics;

    private ManagementServer(Server jetty, Readiness readiness, Metrics metrics) {
        this.jetty = jetty;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /**
     * Starts the server.
     *
     * @param connector makes the connector of the bound port
     * @param checks the parts that the server needs, by name
     * @param metrics what it measures; closed with this server
     * @return the running server
     */
    public static ManagementServer start(
            BiFunction<Server, HttpConnectionFactory, Connector> connector,
            Map<String, HealthCheck> checks,
            Metrics metrics) {
        requireNonNull(connector, "connector");
        requireNonNull(checks, "checks");
        requireNonNull(metrics, "metrics");

        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("management");
        threads.setDaemon(true);
        Server jetty = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setIdleTimeout(IDLE.toMillis());
        jetty.addConnector(connector.apply(jetty, new HttpConnectionFactory(http)));
        Readiness readiness = new Readiness(checks);
        jetty.setHandler(new ManagementPages(readiness, metrics));
        try {
            jetty.start();
        } catch (Exception failed) {
            throw new IllegalStateException("the management port cannot be served", failed);
        }
        return new ManagementServer(jetty, readiness, metrics);
    }

    /** From now on the server is not ready: load balancers send their requests elsewhere. */
    public void stopping() {
        readiness.stopping();
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the management port cannot be closed", failed);
        } finally {
            readiness.close();
            metrics.close();
        }
    }
}
