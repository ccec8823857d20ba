package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.KeyText;
import dev.countersign.server.command.CommandRun;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rings in PostgreSQL, encrypted under a master key. */
@Tag("slow")
final class SharedKeysTest {

    private static final String GOOD = RotationLoad.GOOD;
    private static final String MASTER = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);
    private static final Map<String, String> ENVIRONMENT = Map.of("AUTH_MASTER_KEY", MASTER);

    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void makeDatabase() {
        url = Postgres.freshDatabase();
    }

    @Test
    void two_processes_share_a_ring_and_a_rotation_under_load_refuses_no_token_at_either() throws Exception {
        Path config = RotationLoad.configuration(folder);
        try (ChildServer a = process("a", config).ready();
                ChildServer b = process("b", config).ready()) {
            TestUsers.addOn(url, folder.resolve("a"), "ada@example.com", GOOD);
            String first = signing(config);
            try (RotationLoad load = RotationLoad.on(new Requests(a.address()), new Requests(b.address()))) {
                CommandRun rotated = key(ENVIRONMENT, "rotate", "standard", "--config=" + config);
                assertThat(rotated.code()).as(rotated.err()).isZero();
                RotationLoad.await(
                        Duration.ofSeconds(30), () -> !signing(config).equals(first));
                load.finish(first, signing(config));
            }
        }
        assertThat(folder.resolve("a/keys")).doesNotExist();
    }

    @Test
    void nodes_that_start_at_once_make_one_ring() throws Exception {
        ExecutorService starts = Executors.newFixedThreadPool(6);
        List<RunningServer> nodes = new ArrayList<>();
        try {
            List<Future<RunningServer>> starting = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = "node" + i;
                starting.add(starts.submit(() -> node(name, ENVIRONMENT, "--dialects=standard", "--database-pool=2")));
            }
            for (Future<RunningServer> started : starting) {
                nodes.add(started.get(120, TimeUnit.SECONDS));
            }
            TestUsers.addOn(url, folder.resolve("node0"), "ada@example.com", GOOD);
            for (RunningServer from : nodes) {
                String token = from.requests().token("ada@example.com", GOOD);
                assertThat(nodes)
                        .allSatisfy(to ->
                                assertThat(to.requests().me(token).statusCode()).isEqualTo(200));
            }
            assertThat(ask("SELECT string_agg(mount || version, ',') FROM auth_key_rings"))
                    .isEqualTo("standard1");
        } finally {
            starts.shutdownNow();
            nodes.forEach(RunningServer::close);
        }
    }

    @Test
    void a_wrong_or_missing_master_key_is_told_before_anything_is_written() throws Exception {
        Path data = folder.resolve("fresh");
        for (String bad : List.of("", "short", "00".repeat(32), MASTER.substring(2), "!" + MASTER.substring(1))) {
            assertThatThrownBy(() -> node("fresh", Map.of("AUTH_MASTER_KEY", bad), "--dialects=standard"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("AUTH_MASTER_KEY: the master key is 32 random bytes in base64 or hex")
                    .hasMessageContaining("openssl rand -base64 32");
        }
        assertThat(data).doesNotExist();
        assertThat(tables()).isZero();

        node("fresh", ENVIRONMENT, "--dialects=standard").close();
        // What a release before had is left as it is.
        sql("DELETE FROM auth_schema_version WHERE version = 4");
        String before = content();
        assertThatThrownBy(() -> node("fresh", Map.of("AUTH_MASTER_KEY", OTHER), "--dialects=standard,payop"))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("the keys of standard in the database are encrypted under another master key"
                        + " \\([0-9a-f]{16}\\) than the given one \\([0-9a-f]{16}\\): give the one that is in use");
        assertThatThrownBy(() -> node("fresh", Map.of(), "--dialects=standard"))
                .hasMessage("the keys of standard are in the database, encrypted under a master key: give it as"
                        + " --master-key-file or AUTH_MASTER_KEY");
        assertThat(key(Map.of(), "rotate", "standard").err()).contains("give it as --master-key-file");
        assertThat(content()).isEqualTo(before);
        assertThat(data.resolve("keys")).doesNotExist();
    }

    @Test
    void a_master_key_file_must_be_its_owners_alone_and_only_one_place_is_given() throws Exception {
        Path file = master("master.key", MASTER);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> node("a", Map.of(), "--dialects=standard", "--master-key-file=" + file))
                .hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> node("a", ENVIRONMENT, "--dialects=standard", "--master-key-file=" + file))
                .hasMessageContaining("give the master key in one of the two places");
        assertThatThrownBy(() -> RunningServer.start(folder, ENVIRONMENT, "--dialects=standard"))
                .hasMessageContaining("with SQLite the keys are files in the data folder");
        assertThatThrownBy(() -> RunningServer.start(folder, "--dialects=standard", "--master-key-file=" + file))
                .hasMessageContaining("with SQLite the keys are files in the data folder");
    }

    @Test
    void keys_that_were_files_move_to_the_database_and_no_token_is_lost() throws Exception {
        String common;
        String alone;
        String ring;
        try (RunningServer a = node("a", Map.of(), "--dialects=standard")) {
            ring = Files.readString(folder.resolve("a/keys/standard.json"));
            OwnerOnly.createFolder(folder.resolve("b/keys"));
            // As the release before wrote it.
            OwnerOnly.createOnce(
                    folder.resolve("b/keys/standard.json"),
                    KeyText.revealForStorage(KeySet.read(ring).keys().get(0).material()));
            try (RunningServer c = node("c", Map.of(), "--dialects=standard")) {
                TestUsers.addOn(url, folder.resolve("a"), "ada@example.com", GOOD);
                common = a.requests().token("ada@example.com", GOOD);
                alone = c.requests().token("ada@example.com", GOOD);
            }
        }
        try (RunningServer a = node("a", ENVIRONMENT, "--dialects=standard");
                RunningServer b = node("b", ENVIRONMENT, "--dialects=standard");
                RunningServer c = node("c", ENVIRONMENT, "--dialects=standard")) {
            String fresh = c.requests().token("ada@example.com", GOOD);
            for (RunningServer node : List.of(a, b, c)) {
                assertThat(node.requests().me(common).statusCode()).isEqualTo(200);
                assertThat(node.requests().me(fresh).statusCode()).isEqualTo(200);
                RotationLoad.await(
                        Duration.ofSeconds(30), () -> node.requests().me(alone).statusCode() == 200);
            }
            for (String name : List.of("a", "b", "c")) {
                assertThat(folder.resolve(name + "/keys/standard.json")).doesNotExist();
            }
            assertThat(folder.resolve("a/keys/standard.json.moved")).hasContent(ring);
            // The database has no key in the clear.
            assertThat(content()).doesNotContain("\"kty\"", ring.substring(120, 160));
        }
    }

    @Test
    void a_master_key_is_replaced_while_servers_run() throws Exception {
        Path file = master("master.key", MASTER);
        Path next = master("next.key", OTHER);
        try (RunningServer a = node("a", Map.of(), "--dialects=standard", "--master-key-file=" + file)) {
            TestUsers.addOn(url, folder.resolve("a"), "ada@example.com", GOOD);
            String token = a.requests().token("ada@example.com", GOOD);
            CommandRun changed = key(Map.of(), "rotate-master", next.toString(), "--master-key-file=" + file);
            assertThat(changed.err()).isEmpty();
            assertThat(changed.out()).contains("the keys of 1 mounts are encrypted under the new master key");
            assertThatThrownBy(() -> node("b", Map.of(), "--dialects=standard", "--master-key-file=" + file))
                    .hasMessageContaining("under another master key");
            Thread.sleep(1_500);
            assertThat(a.requests().me(token).statusCode()).isEqualTo(200);
            Files.writeString(file, OTHER);
            key(Map.of(), "rotate", "standard", "--after", "0s", "--master-key-file=" + file);
            RotationLoad.await(
                    Duration.ofSeconds(30),
                    () -> RotationLoad.published(a.requests()).size() == 2);
            assertThat(a.requests().me(token).statusCode()).isEqualTo(200);
        }
        assertThat(key(Map.of(), "rotate-master", next.toString()).err()).contains("give it as --master-key-file");
    }

    @Test
    void a_ring_that_was_changed_by_hand_is_not_used() throws Exception {
        try (RunningServer a = node("a", ENVIRONMENT, "--dialects=standard,standard@/two")) {
            TestUsers.addOn(url, folder.resolve("a"), "ada@example.com", GOOD);
            sql("UPDATE auth_key_rings SET version = 2, sealed = (SELECT sealed FROM auth_key_rings WHERE mount ="
                    + " 'standard@two') WHERE mount = 'standard'");
            Thread.sleep(1_500);
            assertThat(a.requests()
                            .me(a.requests().token("ada@example.com", GOOD))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> node("a", ENVIRONMENT, "--dialects=standard,standard@/two"))
                .hasMessageContaining("the keys of standard in the database are damaged or were changed by hand");
    }

    private String signing(Path config) {
        return key(ENVIRONMENT, "list", "standard", "--config=" + config)
                .out()
                .lines()
                .filter(line -> line.contains("\tsigns\t"))
                .map(line -> Splitter.on('\t').splitToList(line).get(1))
                .findFirst()
                .orElseThrow();
    }

    private CommandRun key(Map<String, String> environment, String... words) {
        List<String> all = new ArrayList<>(List.of("key"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data=" + folder.resolve("commands"), "--database=" + url));
        return CommandRun.with(environment, "", all.toArray(String[]::new));
    }

    private ChildServer process(String name, Path config) throws IOException {
        return ChildServer.command(
                ENVIRONMENT,
                "serve",
                "--port=0",
                "--bcrypt-cost=10",
                "--data=" + folder.resolve(name),
                "--database=" + url,
                "--config=" + config);
    }

    private RunningServer node(String name, Map<String, String> environment, String... flags) throws ConfigException {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--database=" + url);
        return RunningServer.start(folder.resolve(name), environment, all.toArray(String[]::new));
    }

    private Path master(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        OwnerOnly.createOnce(file, text + "\n");
        return file;
    }

    private int tables() throws SQLException {
        return Integer.parseInt(ask("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'auth%'"));
    }

    private String content() throws SQLException {
        return ask("SELECT string_agg(k::text, '') FROM auth_key_rings k")
                + ask("SELECT string_agg(version::text, ',' ORDER BY version) FROM auth_schema_version");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
