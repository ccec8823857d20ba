package dev.countersign.server;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.tls.AnswerBuffer;
import dev.countersign.server.tls.TlsContext;
import dev.countersign.server.tls.TlsProtocols;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Javalin application of the standalone server. */
final class HttpServer implements AutoCloseable {

    // Enough for a login that is being hashed, and for a slow client to send the rest of its request.
    private static final long STOP_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    static HttpServer start(ServerConfig config, ListeningPort port, Optional<TlsContext> tls, List<LoginApi> mounts)
            throws ConfigException {
        AuthPlugin plugin = plugin(mounts).withBodyTimeout(config.requestTimeout());
        Javalin javalin = Javalin.create(javalinConfig -> configure(javalinConfig, plugin, config, port, tls));
        try {
            javalin.start();
        } catch (RuntimeException broken) {
            javalin.stop();
            throw broken;
        }
        return new HttpServer(javalin);
    }

    private static AuthPlugin plugin(List<LoginApi> mounts) throws ConfigException {
        try {
            return AuthPlugin.mounting(mounts).answeringUnknownRoutes();
        } catch (IllegalArgumentException collision) {
            throw new ConfigException(String.valueOf(collision.getMessage()));
        }
    }

    private static void configure(
            JavalinConfig javalin,
            AuthPlugin plugin,
            ServerConfig config,
            ListeningPort port,
            Optional<TlsContext> tls) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.maxRequestSize = config.maxBody();
        // The size of a compressed answer reveals its secrets to a client that chose a part of the answer (BREACH).
        javalin.http.compressionStrategy = CompressionStrategy.NONE;
        javalin.router.ignoreTrailingSlashes = false;
        javalin.router.javaLangErrorHandler((response, error) -> {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            LOG.error("a request failed: {}", error.getClass().getName());
        });
        javalin.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MILLIS);
            errorPages(server);
            ConnectionLimit.limit(server);
            tls.ifPresent(context -> server.insertHandler(new AnswerBuffer()));
        });
        javalin.jetty.addConnector(
                (server, http) -> port.connector(server, protocols(http, tls, config.requestTimeout())));
        javalin.jetty.modifyHttpConfiguration(HttpServer::harden);
        javalin.jetty.modifyServletContextHandler(context -> {
            FilterHolder filter = new FilterHolder(new MethodFilter());
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
        javalin.registerPlugin(plugin);
    }

    private static List<ConnectionFactory> protocols(
            HttpConfiguration http, Optional<TlsContext> tls, Duration deadline) {
        HeadDeadline http1 = new HeadDeadline(http, deadline);
        return tls.map(context -> TlsProtocols.of(context, http1, deadline)).orElse(List.of(http1));
    }

    private static void harden(HttpConfiguration http) {
        http.setSendServerVersion(false);
        // Looking a token up among the headers of earlier requests takes longer than reading it.
        http.setHeaderCacheSize(0);
        http.setUriCompliance(UriCompliance.DEFAULT);
    }

    /** Answers a request that never reaches a dialect, such as a malformed request line, with its status and an empty body. */
    private static void errorPages(Server server) {
        server.setErrorHandler((request, response, callback) -> {
            if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                    || response.getStatus() == HttpStatus.NOT_IMPLEMENTED_501) {
                // Nothing is wrong with the server: monitoring that counts 5xx must not be fooled by such requests.
                response.setStatus(HttpStatus.BAD_REQUEST_400);
            }
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
            callback.succeeded();
            return true;
        });
    }

    /** Lets running requests finish, and accepts no new ones. */
    @Override
    public void close() {
        javalin.stop();
    }
}
