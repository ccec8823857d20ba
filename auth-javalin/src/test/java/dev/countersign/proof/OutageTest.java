package dev.countersign.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.Requests;
import dev.countersign.server.RunningServer;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server whose PostgreSQL goes away and comes back, with a database user and a password of its own. */
@Tag("slow")
class OutageTest {

    private static final String EMAIL = "ada@example.com";
    private static final String GOOD = "a password nobody else has";
    private static final String SESAME = "sesame-open";
    // Several times what the settings add up to; a hang is longer.
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static WorkFolder work;
    private static PostgresNode database;
    private static RunningServer server;
    private static ExecutorService clients;
    private static String standardToken;
    private static String realworldToken;

    @BeforeAll
    static void start() throws Exception {
        work = WorkFolder.create();
        clients = Executors.newFixedThreadPool(4);
        database = PostgresBinaries.unpack(work.path()).newNode(work.path().resolve("node"));
        Files.writeString(database.data().resolve("pg_hba.conf"), """
                host all login 127.0.0.1/32 scram-sha-256
                host all all 127.0.0.1/32 trust
                """);
        database.start();
        database.run("CREATE ROLE login LOGIN PASSWORD '" + SESAME + "'");
        database.run("CREATE DATABASE auth OWNER login");
        server = serve(work.path().resolve("data"), SESAME);
        assertThat(requests().register("/rw", EMAIL, "ada", GOOD).statusCode()).isEqualTo(201);
        standardToken = requests().token(EMAIL, GOOD);
        realworldToken = Requests.text(logInRealworld(), "/user/token");
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        if (server != null) {
            server.close();
        }
        database.close();
        work.close();
    }

    private static RunningServer serve(Path data, String shown) throws ConfigException {
        return RunningServer.start(
                data,
                Map.of("AUTH_DATABASE_PASSWORD", shown),
                "--database=jdbc:postgresql://127.0.0.1:" + database.port() + "/auth",
                "--database-user=login",
                "--database-pool=4",
                "--database-pool-wait=3s",
                "--database-statement-timeout=3s",
                "--database-connect-timeout=2s",
                "--dialects=standard,realworld@/rw",
                "--management-port=0");
    }

    @Test
    void while_the_database_is_stopped_each_dialect_says_so_and_when_it_is_back_requests_succeed() throws Exception {
        database.stop();
        checkUnavailable();
        database.start();
        checkBack();
    }

    @Test
    void while_the_database_says_nothing_each_dialect_says_so_and_when_it_is_back_requests_succeed() throws Exception {
        database.freeze();
        try {
            checkUnavailable();
        } finally {
            database.thaw();
        }
        checkBack();
    }

    @Test
    void connections_that_only_read_are_replaced_once_the_database_takes_writes_again() throws Exception {
        assertThat(requests().login(EMAIL, GOOD).statusCode()).isEqualTo(200);
        // Of new connections alone: those made meanwhile go on reading only.
        database.run("ALTER ROLE login SET default_transaction_read_only = on");
        endConnections();
        Waiting.until("refusing writes", Duration.ofSeconds(60), () -> {
            if (requests().login(EMAIL, GOOD).statusCode() == 200) {
                // One that was opened just before the role was altered.
                endConnections();
            }
            return requests().login(EMAIL, GOOD).statusCode() == 503
                    && requests().me(standardToken).statusCode() == 200;
        });
        database.run("ALTER ROLE login RESET default_transaction_read_only");
        Waiting.until(
                "writing again",
                Duration.ofSeconds(60),
                () -> requests().login(EMAIL, GOOD).statusCode() == 200);
        checkBack();
    }

    @Test
    void a_wrong_password_is_refused_without_quoting_it() throws IOException {
        Path data = Files.createDirectory(work.path().resolve("other"));
        assertThatThrownBy(() -> serve(data, "sesame-shut").close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("authentication failed")
                .hasMessageNotContaining("sesame");
    }

    private static void endConnections() {
        database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'login'");
    }

    private static void checkUnavailable() throws Exception {
        List<HttpResponse<String>> answers = all();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as("%s", answer.uri()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After").orElse("none"))
                    .matches("[1-9][0-9]*");
        });
        assertThat(ready().statusCode()).isEqualTo(503);
        assertThat(ready().body())
                .contains("\"name\":\"store\",\"status\":\"down\"", "\"name\":\"changes\",\"status\":\"down\"");
        assertThat(answers.subList(0, 2))
                .extracting(HttpResponse::body)
                .allMatch(body -> body.contains("\"title\":\"Temporarily unavailable\""));
        assertThat(answers.subList(2, 4))
                .extracting(HttpResponse::body)
                .allMatch(body -> body.startsWith("{\"errors\":") && body.contains("has to wait"));
    }

    private static void checkBack() throws Exception {
        Waiting.until(
                "answering again",
                Duration.ofSeconds(60),
                () -> all().stream().allMatch(answer -> answer.statusCode() == 200) && ready().statusCode() == 200);
    }

    private static HttpResponse<String> ready() {
        String url = server.announced()
                .lines()
                .filter(line -> line.startsWith("Management on "))
                .map(line -> line.substring("Management on ".length()))
                .findFirst()
                .orElseThrow();
        return Requests.send(HttpRequest.newBuilder(URI.create(url + "/health/ready")));
    }

    /** A current user and a login of each dialect, at once. */
    private static List<HttpResponse<String>> all() throws Exception {
        List<Callable<HttpResponse<String>>> asked = List.of(
                () -> requests().me(standardToken),
                () -> requests().login(EMAIL, GOOD),
                () -> requests().get("/rw/api/user", "Token " + realworldToken),
                OutageTest::logInRealworld);
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : clients.invokeAll(asked, BOUND.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(answer.isCancelled()).as("an answer within %s", BOUND).isFalse();
            answers.add(answer.get());
        }
        return answers;
    }

    private static HttpResponse<String> logInRealworld() {
        return requests()
                .post("/rw/api/users/login", "{\"user\":{\"email\":\"" + EMAIL + "\",\"password\":\"" + GOOD + "\"}}");
    }

    private static Requests requests() {
        return server.requests();
    }
}
