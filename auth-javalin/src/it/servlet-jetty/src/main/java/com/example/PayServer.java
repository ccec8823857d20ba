package com.example;

import dev.countersign.Auth;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.password.RawPassword;
import dev.countersign.servlet.GuardFilter;
import dev.countersign.servlet.LoginFilter;
import dev.countersign.usecase.Registration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.sqlite.SQLiteDataSource;

/** The Payop API in a Jetty of another generation than Javalin's, without Javalin. */
public final class PayServer {

    private static final String PASSWORD = "seven blue lanterns";

    private PayServer() {}

    public static void main(String[] arguments) throws Exception {
        for (String absent : List.of("io.javalin.Javalin", "kotlin.Unit", "org.eclipse.jetty.ee10.servlet.ServletContextHandler")) {
            check(!isLoadable(absent), absent + " is loadable");
        }
        LoginApi api = LoginApi.of(auth(Path.of(arguments[0], "pay.db")));
        Server server = server(api);
        server.start();
        try {
            play(URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort()));
        } finally {
            server.stop();
        }
        System.out.println("all is right");
    }

    private static Auth auth(Path file) {
        SQLiteDataSource pool = new SQLiteDataSource();
        pool.setUrl(SqliteUrl.of(file));
        JdbiAuthStores stores = JdbiAuthStores.over(pool);
        stores.migrate();
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Dialect dialect = ShippedDialects.dialect("payop");
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        KeyMaterial key = KeyMaterial.generate(algorithm, clock.instant(), random);
        Auth auth = Auth.builder()
                .users(stores.users())
                .hasher(new BcryptPasswordHasher(BcryptPasswordHasher.LOWEST_COST, random))
                .dialect(dialect, new JjwtTokenCodec(KeyRing.signingWith(key), random), new CommonPasswords())
                .clock(clock)
                .random(random)
                .build();
        try (RawPassword password = RawPassword.of(PASSWORD)) {
            auth.register(Registration.ofEmail("me@example.com", password));
        }
        return auth;
    }

    private static Server server(LoginApi api) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(LoginFilter.of(api), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(GuardFilter.of(api), "/orders/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new Orders(), "/orders/*");
        HttpConfiguration http = new HttpConfiguration();
        http.setHeaderCacheCaseSensitive(true);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        return server;
    }

    private static final class Orders extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("orders of " + GuardFilter.user(request).email());
        }
    }

    private static void play(URI address) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> login = client.send(
                HttpRequest.newBuilder(address.resolve("/v1/users/login"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"email\":\"me@example.com\",\"password\":\"" + PASSWORD + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        check(login.statusCode() == 200, "login: " + login.statusCode() + " " + login.body());
        String token = login.headers().firstValue("token").orElseThrow();

        for (String path : List.of("/v1/users/me", "/orders/1")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
            HttpResponse<String> without = client.send(request.build(), BodyHandlers.ofString());
            check(without.statusCode() == 401 && without.body().startsWith("{\"message\":"), path + ": " + without.body());
            HttpResponse<String> with = client.send(request.header("token", token).build(), BodyHandlers.ofString());
            check(with.statusCode() == 200 && with.body().contains("me@example.com"), path + ": " + with.body());
            check(with.headers().firstValue("token").isPresent(), path + ": the token is not sent again");
        }
    }

    private static boolean isLoadable(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
