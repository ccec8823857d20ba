package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.api.Answer;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.event.EventLine;
import dev.countersign.event.EventQuery;
import dev.countersign.file.InvalidFileException;
import dev.countersign.javalin.AuthPlugin;
import dev.countersign.javalin.RequireLogin;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.password.DecoyKey;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.token.AccessToken;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.EventWriter;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Registration;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The Java of docs/embedding.md beyond that of the README. */
class EmbeddingPageTest {

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();

    @TempDir
    private Path folder;

    @Test
    void a_key_is_the_same_after_a_restart() throws IOException {
        Path file = folder.resolve("key.json");
        Dialect dialect = ShippedDialects.dialect("payop");
        KeyRing first = key(file, dialect);
        assertThat(key(file, dialect).signingKeyId()).isEqualTo(first.signingKeyId());
    }

    @Test
    void the_core_works_without_http() {
        Auth auth = auth(ShippedDialects.dialect("standard").withoutSessions());
        assertThat(whoLogsIn(auth)).isEqualTo("hello me");
    }

    @Test
    void one_dialect_is_mounted_twice_and_another_from_a_file() throws IOException, InvalidFileException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, ShippedDialects.text("payop"));
        assertThat(plugin(file).apis().stream().map(LoginApi::prefix)).containsExactly("", "/tenant", "/pay");
    }

    @Test
    void a_registration_over_http_stores_a_customer_or_no_user() throws Exception {
        SQLiteDataSource pool = new SQLiteDataSource();
        pool.setUrl(SqliteUrl.of(folder.resolve("shop.db")));
        JdbiAuthStores stores = JdbiAuthStores.over(pool);
        stores.migrate();
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.useHandle(handle -> handle.execute(
                "CREATE TABLE customer (user_id BIGINT NOT NULL CHECK (user_id < 2) REFERENCES auth_users (id))"));
        Dialect dialect = ShippedDialects.dialect("standard").withoutSessions();
        Auth auth = withCustomers(builder(dialect), stores);
        Javalin application = Javalin.create(config -> config.registerPlugin(AuthPlugin.mounting(LoginApi.of(auth))))
                .start("127.0.0.1", 0);
        try {
            assertThat(register(application, "first")).isEqualTo(201);
            assertThat(register(application, "first")).isEqualTo(409);
            assertThat(register(application, "second")).isEqualTo(500);
        } finally {
            application.stop();
        }
        assertThat(stores.users().page(null, 10)).hasSize(1);
        List<Long> customers = jdbi.withHandle(handle -> handle.createQuery("SELECT user_id FROM customer")
                .mapTo(Long.class)
                .list());
        assertThat(customers).containsExactly(1L);
    }

    @Test
    void a_login_that_cannot_be_noted_is_reported_and_keeps_nobody_out() {
        SQLiteDataSource pool = new SQLiteDataSource();
        pool.setUrl(SqliteUrl.of(folder.resolve("auth.db")));
        JdbiAuthStores stores = JdbiAuthStores.over(pool);
        stores.migrate();
        Jdbi.create(pool)
                .useHandle(handle -> handle.execute("CREATE TRIGGER no_note BEFORE UPDATE ON auth_users BEGIN"
                        + " SELECT raise(ABORT, 'nothing is noted'); END"));
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, clock.instant(), random));
        PasswordHasher hasher = new BcryptPasswordHasher(BcryptPasswordHasher.LOWEST_COST, random);
        CountDownLatch reported = new CountDownLatch(1);
        Auth auth = forProduction(
                builder(ShippedDialects.dialect("payop")), stores, hasher, keys, lost -> reported.countDown());
        assertThat(whoLogsIn(auth)).isEqualTo("hello me");
        assertThat(auth.lostLoginNotes()).isEqualTo(1);
        assertThat(reported.getCount()).isZero();
    }

    private Auth forProduction(
            AuthBuilder builder,
            JdbiAuthStores stores,
            PasswordHasher hasher,
            KeyRing keys,
            Consumer<RuntimeException> log) {
        Executor background = Runnable::run;
        // snippet: production
        DecoyKey decoyKey = DecoyKey.of(keys.deriveSecret("decoys"));
        DecoyMix decoys = DecoyMix.of(stores.hashSample(), hasher, decoyKey, clock, background);
        decoys.refresh();
        Auth auth = builder.users(stores.users())
                .hasher(hasher)
                .decoys(decoys)
                .onLostLoginNote(log)
                .build();
        // end
        return auth;
    }

    @Test
    void a_login_is_an_event_in_the_log_and_in_the_table(@TempDir Path folder) {
        JdbiAuthStores stores = JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("auth.db"))));
        stores.migrate();
        List<String> log = new CopyOnWriteArrayList<>();
        InstantSource clock = InstantSource.system();
        AuthBuilder builder = Auth.builder()
                .users(stores.users())
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .dialect(
                        ShippedDialects.dialect("payop").withoutSessions(),
                        new JjwtTokenCodec(
                                KeyRing.signingWith(KeyMaterial.generate(
                                        SigningAlgorithm.HS256, clock.instant(), new SeededRandom(3))),
                                new SeededRandom(4)),
                        common -> false)
                .random(new SeededRandom(5))
                .clock(clock);
        // snippet: events
        EventWriter table = EventWriter.start(
                stores.events(), Optional.of(Duration.ofDays(90)), clock, trouble -> log.add("events: " + trouble));
        Auth auth = builder.events(table)
                .events(event -> log.add(EventLine.of(event)))
                .onFailedEvent(failed -> log.add("events: " + failed.getMessage()))
                .build();
        // end
        try (RawPassword password = RawPassword.of("wrong")) {
            auth.logIn(new LogIn.Attempt(IdentifierKind.EITHER, "nobody@example.com", password));
        }
        table.close();
        assertThat(log).containsExactly("event=login_refused by=user reason=unknown_user");
        assertThat(stores.events().find(EventQuery.latest(10)))
                .extracting(EventLine::of)
                .isEqualTo(log);
    }

    @Test
    void a_browsers_application_may_ask_first_and_read_the_refusal() throws Exception {
        Dialect dialect = ShippedDialects.dialect("standard").withoutSessions();
        Javalin application = cors(LoginApi.of(auth(dialect))).start("127.0.0.1", 0);
        try {
            URI orders = URI.create("http://127.0.0.1:" + application.port() + "/orders");
            HttpRequest.Builder request = HttpRequest.newBuilder(orders)
                    .header("Origin", "https://app.example.com")
                    .header("Access-Control-Request-Method", "GET");
            HttpClient client = HttpClient.newHttpClient();
            var asked = client.send(
                    request.method("OPTIONS", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
            var refused = client.send(request.GET().build(), BodyHandlers.ofString());

            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(refused.statusCode()).isEqualTo(401);
            for (var answer : List.of(asked, refused)) {
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .hasValue("https://app.example.com");
            }
        } finally {
            application.stop();
        }
    }

    private static Javalin cors(LoginApi api) {
        // snippet: cors
        Javalin application = Javalin.create(config -> {
            config.registerPlugin(AuthPlugin.mounting(api));
            config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> rule.allowHost("https://app.example.com")));
            config.routes.beforeMatched("/orders", RequireLogin.of(api));
            config.routes.beforeMatched("/orders/*", RequireLogin.of(api));
            config.routes.get("/orders", context -> orders(RequireLogin.user(context)));
        });
        // end
        return application;
    }

    private static void orders(User user) {
        assertThat(user.id()).isNotNull();
    }

    private static Auth withCustomers(AuthBuilder builder, JdbiAuthStores stores) {
        // snippet: customers
        String insert = "INSERT INTO customer (user_id) VALUES (?)";
        Auth auth = builder.users(stores.users())
                .onRegistration(
                        stores.unitOfWork(),
                        user -> stores.unitHandle().execute(insert, user.id().value()))
                .build();
        // end
        return auth;
    }

    private static int register(Javalin application, String username) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + application.port() + "/auth/register");
        String body = "{\"email\":\"" + username + "@example.com\",\"password\":\"seven blue lanterns\"}";
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void a_dialect_is_tested_without_a_server() {
        Dialect dialect = ShippedDialects.dialect("payop");
        // snippet: engine
        Auth auth = builder(dialect)
                .users(new InMemoryUserStore())
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .build();
        LoginApi api = LoginApi.of(auth);
        Answer answer = api.handle(Request.of("GET", "/v1/users/me").header("token", "expired"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("Full authentication is required");
        // end
    }

    private KeyRing key(Path file, Dialect dialect) throws IOException {
        // snippet: key
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        if (!Files.exists(file)) {
            KeySet fresh = KeySet.of(KeyMaterial.generate(algorithm, clock.instant(), random));
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(Files.createFile(file, ownerOnly), fresh.revealForStorage());
        }
        KeyRing keys = KeyRing.of(KeySet.read(Files.readString(file)), algorithm, clock);
        // end
        return keys;
    }

    private static String whoLogsIn(Auth auth) {
        // snippet: core
        try (RawPassword password = RawPassword.of("seven blue lanterns")) {
            auth.register(Registration.builder(password)
                    .email("me@example.com")
                    .username("me")
                    .build());
            String token = auth.logIn(new LogIn.Attempt(IdentifierKind.EITHER, "me@example.com", password))
                    .fold(loggedIn -> loggedIn.accessToken(), refused -> "no token: " + refused.reason());
            return auth.authenticate(AccessToken.of(token))
                    .fold(by -> "hello " + by.user().username(), refused -> "no access: " + refused.flaw());
        }
        // end
    }

    private AuthPlugin plugin(Path file) throws IOException, InvalidFileException {
        // snippet: mounts
        Dialect standard = ShippedDialects.dialect("standard").withoutSessions();
        Dialect tenant = ShippedDialects.dialect("standard", Map.of("audience", "tenant"))
                .withoutSessions();
        Dialect mine = DialectReader.read("mine.yaml", Files.readString(file), Map.of());
        AuthPlugin plugin = AuthPlugin.mounting(
                LoginApi.of(auth(standard)),
                LoginApi.of(auth(tenant)).under("/tenant"),
                LoginApi.of(auth(mine)).under("/pay").withoutQueryTokens());
        // end
        return plugin;
    }

    private Auth auth(Dialect dialect) {
        return builder(dialect).users(new InMemoryUserStore()).build();
    }

    private AuthBuilder builder(Dialect dialect) {
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        KeyMaterial key = KeyMaterial.generate(algorithm, clock.instant(), random);
        return Auth.builder()
                .hasher(new BcryptPasswordHasher(BcryptPasswordHasher.LOWEST_COST, random))
                .dialect(dialect, new JjwtTokenCodec(KeyRing.signingWith(key), random), password -> false)
                .clock(clock)
                .random(random);
    }
}
