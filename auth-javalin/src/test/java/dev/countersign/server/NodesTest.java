package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.UserStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers on one PostgreSQL, each with a data folder of its own. */
@Tag("slow")
final class NodesTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void makeDatabase() {
        url = Postgres.freshDatabase();
    }

    @Test
    void what_is_done_at_one_node_holds_at_the_other_one_at_once() throws Exception {
        try (RunningServer a = node("a", "--dialects=standard,realworld@/rw")) {
            copyKeys("a", "b");
            try (RunningServer b = node("b", "--dialects=standard,realworld@/rw")) {
                a.requests().register("/rw", "ada@example.com", "ada", GOOD);
                String token = a.requests().token("ada@example.com", GOOD);
                assertThat(b.requests().login("ADA", GOOD).statusCode()).isEqualTo(200);
                assertThat(b.requests().me(token).statusCode()).isEqualTo(200);
                assertThat(b.requests()
                                .register("/rw", "Ada@Example.com", "other", GOOD)
                                .statusCode())
                        .isEqualTo(409);
                String back = b.requests().token("ada", GOOD);
                assertThat(a.requests().me(back).statusCode()).isEqualTo(200);

                disable("a", "ada");

                assertThat(b.requests().login("ada", GOOD).statusCode()).isEqualTo(401);
                assertThat(b.requests().me(token).statusCode()).isEqualTo(401);
            }
        }
    }

    @Test
    void nodes_share_keys_that_each_is_given() throws Exception {
        node("first", "--dialects=standard").close();
        Path config = Files.writeString(folder.resolve("node.yaml"), """
                dialects:
                  - name: standard
                    signing_key: {variable: STANDARD_KEY, encoding: json}
                  - name: realworld
                    prefix: /rw
                    signing_key: {variable: REALWORLD_SECRET, encoding: hex}
                """);
        Map<String, String> environment = Map.of(
                "STANDARD_KEY",
                Files.readString(folder.resolve("first/keys/standard.json")),
                "REALWORLD_SECRET",
                "0123456789abcdef".repeat(8));
        try (RunningServer a = node("a", environment, "--config=" + config);
                RunningServer b = node("b", environment, "--config=" + config)) {
            String realworld =
                    Requests.text(a.requests().register("/rw", "ada@example.com", "ada", GOOD), "/user/token");
            assertThat(b.requests().get("/rw/api/user", "Token " + realworld).statusCode())
                    .isEqualTo(200);
            assertThat(b.requests().me(a.requests().token("ada", GOOD)).statusCode())
                    .isEqualTo(200);
            assertThat(a.requests().me(b.requests().token("ada", GOOD)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_node_with_keys_of_its_own_refuses_the_tokens_of_the_others() throws Exception {
        try (RunningServer a = node("a", "--dialects=standard,realworld@/rw");
                RunningServer b = node("b", "--dialects=standard")) {
            a.requests().register("/rw", "ada@example.com", "ada", GOOD);
            String token = a.requests().token("ada", GOOD);
            assertThat(b.requests().me(token).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void ten_nodes_that_start_at_once_on_an_empty_database_make_the_tables_once() throws Exception {
        ExecutorService starts = Executors.newFixedThreadPool(10);
        List<RunningServer> nodes = new ArrayList<>();
        try {
            List<Future<RunningServer>> starting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String name = "node" + i;
                starting.add(starts.submit(() -> node(name, "--dialects=standard", "--database-pool=2")));
            }
            for (Future<RunningServer> started : starting) {
                nodes.add(started.get(120, TimeUnit.SECONDS));
            }
            assertThat(nodes)
                    .allSatisfy(node -> assertThat(
                                    node.requests().login("nobody", GOOD).statusCode())
                            .isEqualTo(401));
            assertThat(
                            ask(
                                    "SELECT count(*) = count(DISTINCT version) AND count(*) = max(version) FROM auth_schema_version"))
                    .isEqualTo("t");
        } finally {
            starts.shutdownNow();
            nodes.forEach(RunningServer::close);
        }
    }

    private RunningServer node(String name, String... flags) throws ConfigException {
        return node(name, Map.of(), flags);
    }

    private RunningServer node(String name, Map<String, String> environment, String... flags) throws ConfigException {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--database=" + url);
        return RunningServer.start(folder.resolve(name), environment, all.toArray(String[]::new));
    }

    private void copyKeys(String from, String to) throws IOException {
        Path keys = folder.resolve(to).resolve("keys");
        OwnerOnly.createFolder(keys);
        for (String file : List.of("standard.json", "realworld@rw.json")) {
            Files.copy(folder.resolve(from).resolve("keys").resolve(file), keys.resolve(file));
        }
    }

    private void disable(String name, String user) throws ConfigException {
        Map<Setting, String> settings =
                Map.of(Setting.DATA, folder.resolve(name).toString(), Setting.DATABASE, url);
        try (Users users = Users.open(new ConfigLoader(Map.of()).load(settings, Optional.empty()))) {
            users.update(users.find(user).orElseThrow().id(), UserChange.ofStatus(UserStatus.DISABLED));
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
