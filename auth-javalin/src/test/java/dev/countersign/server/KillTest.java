package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at any moment has kept every user whose registration it acknowledged. */
@Tag("slow")
final class KillTest {

    private static final int ROUNDS = 8;
    private static final int CLIENTS = 4;
    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path data;

    private final Random random = new Random(20260301);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @Test
    void kills_lose_no_acknowledged_user_and_leave_nothing_half_there() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<String> before = List.copyOf(acknowledged);
                try (ChildServer server =
                        ChildServer.start(data, "--port", "0", "--dialects", "realworld", "--max-body", "4096")) {
                    Requests requests = new Requests(server.address());
                    if (!before.isEmpty()) {
                        assertCanLogIn(requests, before.get(before.size() - 1));
                    }
                    registerUntilKilled(server, requests, round, acknowledged);
                }
                assertWhole(acknowledged);
            }
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS / 2);
            try (ChildServer server = ChildServer.start(data, "--port", "0", "--dialects", "realworld")) {
                Requests requests = new Requests(server.address());
                List<String> all = new ArrayList<>(acknowledged);
                for (int i = 0; i < all.size(); i += Math.max(1, all.size() / 20)) {
                    assertCanLogIn(requests, all.get(i));
                }
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void registerUntilKilled(ChildServer server, Requests requests, int round, Queue<String> acknowledged)
            throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "r" + round + "c" + client;
            running.add(clients.submit(() -> register(requests, name, killed, acknowledged)));
        }
        int before = acknowledged.size();
        // Every second kill comes while registrations flow, the others at any moment after the start.
        if (round % 2 == 0) {
            for (int i = 0; i < 6000 && acknowledged.size() == before; i++) {
                Thread.sleep(10);
            }
            assertThat(acknowledged).as("registrations of round %d", round).hasSizeGreaterThan(before);
        }
        Thread.sleep(random.nextInt(600));
        killed.set(true);
        server.kill();
        for (Future<?> one : running) {
            one.get();
        }
    }

    private static void register(Requests requests, String name, AtomicBoolean killed, Queue<String> acknowledged) {
        for (int i = 0; !killed.get(); i++) {
            String username = name + "n" + i;
            try {
                HttpResponse<String> answer = requests.register("", username + "@example.com", username, GOOD);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                acknowledged.add(username);
            } catch (UncheckedIOException cut) {
                assertThat(killed).isTrue();
            }
        }
    }

    /** Looks into the file as the killed process left it. */
    private void assertWhole(Queue<String> acknowledged) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("auth.db"));
                Statement statement = connection.createStatement()) {
            assertThat(column(statement, "PRAGMA integrity_check")).containsExactly("ok");
            assertThat(column(statement, "SELECT username FROM auth_users")).containsAll(acknowledged);
            assertThat(column(
                            statement,
                            "SELECT username FROM auth_users WHERE email <> username || '@example.com'"
                                    + " OR email IS NULL OR uuid IS NULL OR status <> 'ACTIVE'"
                                    + " OR length(password_hash) <> 60"))
                    .isEmpty();
        }
    }

    private static List<String> column(Statement statement, String query) throws Exception {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static void assertCanLogIn(Requests requests, String username) {
        assertThat(requests.post(
                                "/api/users/login",
                                "{\"user\":{\"email\":\"" + username + "@example.com\",\"password\":\"" + GOOD + "\"}}")
                        .statusCode())
                .as(username)
                .isEqualTo(200);
    }
}
