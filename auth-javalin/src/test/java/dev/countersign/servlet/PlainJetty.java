package dev.countersign.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A plain Jetty without Javalin, on a free port of the loopback interface. */
final class PlainJetty implements AutoCloseable {

    private final Server server;

    private PlainJetty(Server server) {
        this.server = server;
    }

    /** Starts one with these filters for all paths, and a servlet behind them. */
    static PlainJetty start(Filter... filters) {
        return start("/", filters);
    }

    static PlainJetty start(String contextPath, Filter... filters) {
        ServletContextHandler context = new ServletContextHandler(contextPath);
        for (Filter filter : filters) {
            FilterHolder holder = new FilterHolder(filter);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        ServletHolder own = new ServletHolder(new OwnServlet());
        own.setAsyncSupported(true);
        context.addServlet(own, "/");
        return start(context);
    }

    static PlainJetty start(ServletContextHandler context) {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        // Jetty hands out a header of an earlier request that differs in case only: another token, to us.
        http.setHeaderCacheCaseSensitive(true);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        return new PlainJetty(server);
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
