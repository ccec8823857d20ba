package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.servlet.GuardFilter;
import dev.countersign.servlet.HashThreads;
import dev.countersign.servlet.LoginFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** The Java of docs/servlet.md; the page holds what is between the markers. */
class ServletPageTest {

    private static final int FREE = 0;

    private final LoginApi api = new Parts().mount(ShippedDialects.dialect("payop"));
    private final Asked asked = new Asked(ShippedDialects.dialect("payop"));

    @Test
    void a_plain_jetty_answers_and_guards() throws Exception {
        Server server = server(api, FREE);
        try {
            answers_and_guards(server);
        } finally {
            server.stop();
        }
    }

    @Test
    void logins_have_threads_of_their_own() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        lane(context, api);
        context.addFilter(GuardFilter.of(api), "/orders/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new Orders(GuardFilter.of(api)), "/orders/*");
        Server server = new Server(FREE);
        server.setHandler(context);
        server.start();
        try {
            answers_and_guards(server);
        } finally {
            server.stop();
        }
    }

    private void answers_and_guards(Server server) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        String token = Asked.token(asked.goodLogin().sendTo(port));
        RawRequest orders = RawRequest.get("/orders/7").header(asked.header().name(), asked.scheme() + token);
        assertThat(orders.sendTo(port).body()).isEqualTo("order 7 of han.solo\n");
        assertThat(RawRequest.get("/orders/7").sendTo(port).status()).isEqualTo(401);
        RawRequest another = RawRequest.get("/orders/8").header(asked.header().name(), asked.scheme() + token);
        assertThat(another.sendTo(port).status()).isEqualTo(403);
    }

    private static Server server(LoginApi api, int port) throws Exception {
        // snippet: jetty
        GuardFilter guard = GuardFilter.of(api);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(LoginFilter.of(api), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(guard, "/orders/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new Orders(guard), "/orders/*");

        Server server = new Server(port);
        server.getConnectors()[0]
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setHeaderCacheCaseSensitive(true);
        server.setHandler(context);
        server.start();
        // end
        return server;
    }

    private static final class Orders extends HttpServlet {

        private final transient GuardFilter guard;

        Orders(GuardFilter guard) {
            this.guard = guard;
        }

        // snippet: orders
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (!request.getPathInfo().equals("/7")) {
                guard.refuse(request, response, Reason.FORBIDDEN);
                return;
            }
            response.getWriter()
                    .println("order 7 of " + GuardFilter.user(request).username());
        }
        // end
    }

    private static void lane(ServletContextHandler context, LoginApi api) {
        // snippet: lane
        LoginFilter filter = LoginFilter.of(api).hashingOn(HashThreads.of(api)).withBodyTimeout(Duration.ofSeconds(5));
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST)).setAsyncSupported(true);
        // end
    }
}
