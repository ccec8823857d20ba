package dev.countersign.api;

import static dev.countersign.javalin.http.Asked.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.throttle.ThrottleKeys;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.Throttle;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.UserStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

/** What a failed login costs, in every dialect and for every reason: one hash and the same SQL statements, on a real database. */
class LoginCostTest {

    private static final String OTHER = "another password than that";

    @TempDir
    private Path folder;

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger hashes = new AtomicInteger();
    private @Nullable Sessions sessions;

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @AfterEach
    void close() {
        if (sessions != null) {
            sessions.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void every_failed_login_costs_one_hash_and_the_same_statements(String name) throws InterruptedException {
        Dialect dialect = ShippedDialects.dialect(name);
        LoginApi api = api(dialect);
        Asked asked = new Asked(dialect);
        Map<String, String> bodies = ImmutableMap.<String, String>builder()
                .put("unknown user", asked.body(name(asked, "nobody"), quoted(OTHER)))
                .put("wrong password", asked.body(name(asked, "known"), quoted(OTHER)))
                .put("disabled user", asked.body(name(asked, "disabled"), quoted(OTHER)))
                .put("disabled user, right password", asked.body(name(asked, "disabled"), quoted(Asked.PASSWORD)))
                .put("user without password", asked.body(name(asked, "bare"), quoted(OTHER)))
                .put("overlong password", asked.body(name(asked, "known"), quoted("p".repeat(100))))
                .put("NUL in the password", asked.body(name(asked, "known"), "\"a\\u0000b and more of it\""))
                .put("lone surrogate", asked.body(name(asked, "known"), "\"a\\ud800b and more of it\""))
                .buildOrThrow();
        cost(api, asked, bodies.get("unknown user"));
        List<String> expected = cost(api, asked, bodies.get("wrong password"));
        assertThat(expected).hasSizeGreaterThan(1);
        bodies.forEach(
                (reason, body) -> assertThat(cost(api, asked, body)).as(reason).isEqualTo(expected));
    }

    /** The statements of a login, each from an address of its own; it must compute one hash. */
    private List<String> cost(LoginApi api, Asked asked, String body) {
        statements.clear();
        int before = hashes.get();
        Request posted = Request.of("POST", asked.loginPath()).json(body);
        RequestHead head = posted.head();
        Answer answer = api.handle(new Request(
                new RequestHead(
                        head.method(),
                        head.path(),
                        head.query(),
                        head.headers(),
                        head.length(),
                        "127.0." + before / 250 + "." + (before % 250 + 1)),
                posted.body()));
        assertThat(answer.status()).as(body).isBetween(400, 499).isNotEqualTo(429);
        assertThat(hashes.get() - before).as(body).isEqualTo(1);
        settle();
        return List.copyOf(statements);
    }

    /** Failures may be written on another thread. */
    private void settle() {
        int size;
        do {
            size = statements.size();
            try {
                Thread.sleep(60);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        } while (statements.size() != size);
    }

    private static String name(Asked asked, String user) {
        boolean isName = asked.field(FieldTarget.Named.IDENTIFIER).kind() == IdentifierKind.USERNAME;
        return quoted(isName ? user : user + "@example.com");
    }

    private LoginApi api(Dialect dialect) {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl(SqliteUrl.of(folder.resolve("users.db")));
        JdbiAuthStores stores = JdbiAuthStores.over(counting(DataSource.class, file));
        stores.migrate();
        CountingHasher hasher = new CountingHasher(PlainPasswordHasher.keepingPasswordsInTheClear(), hashes);
        PasswordHash hash = hasher.hash(RawPassword.of(Asked.PASSWORD));
        stores.bulkUsers()
                .store(
                        List.of(
                                user("known", UserStatus.ACTIVE, hash),
                                user("disabled", UserStatus.DISABLED, hash),
                                user("bare", UserStatus.ACTIVE, null)),
                        OnExisting.SKIP,
                        Instant.now());
        InstantSource clock = InstantSource.system();
        SeededRandom random = new SeededRandom(1);
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(algorithm, clock.instant(), random));
        UserStore users = stores.users();
        sessions = Sessions.over(stores.sessions(), stores.changes(), stores.unitOfWork(), clock)
                .start();
        return LoginApi.of(Auth.builder()
                .users(users)
                .hasher(hasher)
                .throttle(Throttle.over(
                        stores.throttle(), ThrottleKeys.of(new byte[32]), ThrottlePolicy.DEFAULT, clock, fault -> {
                            throw fault;
                        }))
                .dialect(dialect, new JjwtTokenCodec(keys, random), common -> false)
                .sessions(sessions, dialect.name())
                .clock(clock)
                .random(random)
                .build());
    }

    private static ImportedUser user(String name, UserStatus status, @Nullable PasswordHash hash) {
        return ImportedUser.builder(UUID.randomUUID())
                .email(Identifier.email(name + "@example.com").orElseThrow())
                .username(Identifier.username(name).orElseThrow())
                .attributes(JsonObject.EMPTY)
                .status(status)
                .hash(hash)
                .build();
    }

    /** Notes the SQL of each statement but those of the threads that listen to changes and sweep. */
    private <T> T counting(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    String thread = Thread.currentThread().getName();
                    if (method.getName().equals("prepareStatement")
                            && !thread.equals("countersign-changes")
                            && !thread.contains("sweep")) {
                        statements.add(String.valueOf(values[0]));
                    }
                    try {
                        Object result = method.invoke(real, values);
                        return result instanceof Connection connection && type == DataSource.class
                                ? counting(Connection.class, connection)
                                : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    /** Counts every hash that is computed. */
    private record CountingHasher(PasswordHasher hasher, AtomicInteger count) implements PasswordHasher {

        @Override
        public PasswordHash hash(RawPassword password) {
            count.incrementAndGet();
            return hasher.hash(password);
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            count.incrementAndGet();
            return hasher.verify(password, stored);
        }

        @Override
        public boolean outdated(PasswordHash stored) {
            return hasher.outdated(stored);
        }

        @Override
        public PasswordHash decoy() {
            return hasher.decoy();
        }

        @Override
        public PasswordHash decoyLike(PasswordHash stored) {
            return hasher.decoyLike(stored);
        }

        @Override
        public int longestBytes() {
            return hasher.longestBytes();
        }
    }
}
