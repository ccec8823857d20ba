package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.javalin.RequireLogin;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.User;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The Java of README.md and docs/embedding.md; the pages hold what is between the markers. */
class EmbeddingTest {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final KeyMaterial KEY =
            KeyMaterial.generate(SigningAlgorithm.ES256, Instant.parse("2026-03-01T12:00:00Z"), new SecureRandom());

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private DataSource pool() {
        SQLiteDataSource pool = new SQLiteDataSource();
        pool.setUrl(SqliteUrl.of(folder.resolve("auth.db")));
        return pool;
    }

    @Test
    void the_plugin_serves_a_dialect_and_guards_a_route() throws Exception {
        Javalin application = plugin(pool(), KEY).start("127.0.0.1", 0);
        try {
            registers_and_reads(application);
        } finally {
            application.stop();
        }
    }

    @Test
    void another_store_takes_the_place_of_the_database() throws Exception {
        LoginApi api = LoginApi.of(inMemory());
        Javalin application = Javalin.create(config -> {
                    config.registerPlugin(AuthPlugin.mounting(api));
                    config.routes.beforeMatched("/orders", RequireLogin.of(api));
                    config.routes.get("/orders", context -> orders(context, RequireLogin.user(context)));
                })
                .start("127.0.0.1", 0);
        try {
            registers_and_reads(application);
        } finally {
            application.stop();
        }
    }

    private static Javalin plugin(DataSource pool, KeyMaterial key) {
        // snippet: plugin
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        JdbiAuthStores stores = JdbiAuthStores.over(pool);
        stores.migrate();
        Sessions sessions = Sessions.over(stores.sessions(), stores.changes(), stores.unitOfWork(), clock)
                .start();
        Dialect dialect = ShippedDialects.dialect("standard");
        TokenCodec codec = new JjwtTokenCodec(KeyRing.signingWith(key), random);
        Auth auth = Auth.builder()
                .users(stores.users())
                .sessions(sessions, "standard")
                .hasher(new BcryptPasswordHasher(12, random))
                .dialect(dialect, codec, new CommonPasswords())
                .clock(clock)
                .random(random)
                .build();
        LoginApi api = LoginApi.of(auth);
        Javalin application = Javalin.create(config -> {
            config.registerPlugin(AuthPlugin.mounting(api));
            config.routes.beforeMatched("/orders", RequireLogin.of(api));
            config.routes.get("/orders", context -> orders(context, RequireLogin.user(context)));
        });
        // end
        return application;
    }

    private static void orders(Context context, User user) {
        context.result("Orders of " + user.username());
    }

    private static Auth inMemory() {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Dialect dialect = ShippedDialects.dialect("standard").withoutSessions();
        BcryptPasswordHasher hasher = new BcryptPasswordHasher(BcryptPasswordHasher.LOWEST_COST, random);
        JjwtTokenCodec codec = new JjwtTokenCodec(KeyRing.signingWith(KEY), random);
        // snippet: swap
        Auth auth = Auth.builder()
                .users(new InMemoryUserStore())
                .hasher(hasher)
                .dialect(dialect, codec, new CommonPasswords())
                .clock(clock)
                .random(random)
                .build();
        // end
        return auth;
    }

    private void registers_and_reads(Javalin application) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + application.port());
        HttpResponse<String> registered = client.send(
                HttpRequest.newBuilder(address.resolve("/auth/register"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"email\":\"me@example.com\",\"username\":\"me\",\"password\":\"seven blue lanterns\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(registered.statusCode()).isEqualTo(201);
        Matcher token = TOKEN.matcher(registered.body());
        assertThat(token.find()).isTrue();

        HttpRequest.Builder orders = HttpRequest.newBuilder(address.resolve("/orders"));
        assertThat(client.send(orders.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        HttpRequest carrying =
                orders.header("Authorization", "Bearer " + token.group(1)).build();
        assertThat(client.send(carrying, BodyHandlers.ofString()).body()).isEqualTo("Orders of me");
    }
}
