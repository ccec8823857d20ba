package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** How many SQL statements a request with a token costs, on a real database. */
class VerificationQueriesTest {

    @TempDir
    private Path folder;

    private final List<String> statements = new ArrayList<>();
    private final Dialect dialect = ShippedDialects.dialect("payop");
    private Sessions sessions;
    private LoginApi api;
    private UserStore users;

    @BeforeEach
    void assemble() {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl(SqliteUrl.of(folder.resolve("users.db")));
        JdbiAuthStores stores = JdbiAuthStores.over(counting(DataSource.class, file, Thread.currentThread()));
        stores.migrate();
        PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        NamedUsers.storeIn(stores.users(), hasher);
        SeededRandom random = new SeededRandom(1);
        InstantSource clock = InstantSource.system();
        sessions = Sessions.over(stores.sessions(), stores.changes(), stores.unitOfWork(), clock)
                .start();
        api = LoginApi.of(Auth.builder()
                        .users(stores.users())
                        .hasher(hasher)
                        .dialect(
                                dialect,
                                new JjwtTokenCodec(
                                        KeyRing.signingWith(
                                                KeyMaterial.generate(SigningAlgorithm.HS256, clock.instant(), random)),
                                        random),
                                "123456789012345"::equals)
                        .sessions(sessions, "payop")
                        .clock(clock)
                        .random(random)
                        .build())
                .withProxyCheck(ProxyCheck.at("/auth/verify"));
        users = stores.users();
    }

    /** Notes the SQL of each statement that a thread prepares; the one that listens to changes asks as often as it likes. */
    private <T> T counting(Class<T> type, T real, Thread thread) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    if (method.getName().equals("prepareStatement") && Thread.currentThread() == thread) {
                        statements.add(String.valueOf(values[0]));
                    }
                    try {
                        Object result = method.invoke(real, values);
                        return result instanceof Connection connection && type == DataSource.class
                                ? counting(Connection.class, connection, thread)
                                : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private String logIn() {
        return api.handle(Request.of("POST", "/v1/users/login")
                        .json("{\"email\":\"Han@Falcon.example\",\"password\":\"kessel run in 12 parsecs\"}"))
                .headers()
                .first("token")
                .orElseThrow();
    }

    private int guarded(String token) {
        return api.authenticate(Request.of("GET", "/orders").header("token", token))
                .fold(admitted -> 200, Answer::status);
    }

    private int me(String token) {
        return api.handle(Request.of("GET", "/v1/users/me").header("token", token))
                .status();
    }

    @Test
    void a_guarded_route_costs_none_after_the_tokens_first_use_and_the_current_user_one() {
        String token = logIn();
        assertThat(guarded(token)).isEqualTo(200);
        statements.clear();
        for (int i = 0; i < 20; i++) {
            assertThat(guarded(token)).isEqualTo(200);
        }
        assertThat(statements).isEmpty();
        assertThat(me(token)).isEqualTo(200);
        assertThat(statements).hasSize(1);
    }

    private Answer verified(String token) {
        return api.handle(Request.of("GET", "/auth/verify").header("token", token));
    }

    private static String name(Answer answer) {
        return answer.headers().first("X-Auth-User-Name").orElse("");
    }

    @Test
    void a_proxys_check_costs_none_after_the_tokens_first_use() {
        String token = logIn();
        assertThat(name(verified(token))).isEqualTo("han.solo");
        statements.clear();
        for (int i = 0; i < 20; i++) {
            assertThat(name(verified(token))).isEqualTo("han.solo");
        }
        assertThat(statements).isEmpty();
    }

    @Test
    void the_headers_of_a_proxys_check_follow_the_user() throws InterruptedException {
        String token = logIn();
        assertThat(name(verified(token))).isEqualTo("han.solo");
        User han = users.find(new UserKey.ById(new UserId(1))).orElseThrow().user();
        users.update(
                han.toBuilder()
                        .username(Identifier.username("captain").orElseThrow())
                        .build(),
                null);
        Instant end = Instant.now().plusSeconds(10);
        while (!name(verified(token)).equals("captain") && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(name(verified(token))).isEqualTo("captain");
    }

    @Test
    void a_first_use_reads_the_user_and_the_token() {
        String token = logIn();
        statements.clear();
        assertThat(guarded(token)).isEqualTo(200);
        assertThat(statements).hasSize(2);
    }

    @Test
    void a_token_that_was_ended_costs_none_either_once_it_was_refused() throws InterruptedException {
        String token = logIn();
        assertThat(guarded(token)).isEqualTo(200);
        sessions.of(new UserId(1)).forEach(session -> sessions.end(session, Cause.OPERATOR));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        // The report of the end makes this node look once more.
        do {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(guarded(token)).isEqualTo(401);
            Thread.sleep(100);
            statements.clear();
            assertThat(guarded(token)).isEqualTo(401);
        } while (!statements.isEmpty());
    }
}
