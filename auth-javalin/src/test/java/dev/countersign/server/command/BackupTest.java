package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.Requests;
import dev.countersign.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code db backup}, and what is restored from it. */
@Tag("slow")
final class BackupTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path folder;

    private CommandRun backup(String... arguments) {
        List<String> all = new ArrayList<>(List.of("db", "backup"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private RunningServer server(String data) throws Exception {
        return RunningServer.start(folder.resolve(data), "--dialects=standard,realworld@/rw");
    }

    @Test
    void a_backup_under_load_is_restored_with_users_sessions_and_tokens() throws Exception {
        Path copy = folder.resolve("copy.db");
        Path keys = folder.resolve("copy-keys");
        List<String> before = new CopyOnWriteArrayList<>();
        String token;
        String ended;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (RunningServer server = server("data")) {
            Requests requests = server.requests();
            register(requests, "ada");
            token = requests.token("ada@example.com", GOOD);
            ended = requests.token("ada@example.com", GOOD);
            assertThat(requests.post("/auth/logout", "Bearer " + ended, "{}").statusCode())
                    .isLessThan(300);
            AtomicBoolean stop = new AtomicBoolean();
            List<CompletableFuture<Void>> load = Stream.of("a", "b")
                    .map(name -> CompletableFuture.runAsync(() -> registerMany(requests, name, before, stop), threads))
                    .toList();
            await(before, 4);
            List<String> registered = List.copyOf(before);
            CommandRun run = backup(copy.toString(), "--keys", keys.toString());
            int during = before.size();
            await(before, during + 2);
            stop.set(true);
            load.forEach(CompletableFuture::join);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("copied the database to " + copy, "copied 2 key files to " + keys);
            before.retainAll(registered);
        } finally {
            threads.shutdownNow();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(keys)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }

        Files.createDirectories(folder.resolve("restored"));
        Files.copy(copy, folder.resolve("restored/auth.db"));
        Files.move(keys, folder.resolve("restored/keys"));
        assertThat(CommandRun.of(
                                "db",
                                "check",
                                "--data",
                                folder.resolve("restored").toString())
                        .code())
                .isZero();
        try (RunningServer server = server("restored")) {
            Requests requests = server.requests();
            assertThat(requests.me(token).statusCode()).isEqualTo(200);
            assertThat(requests.me(ended).statusCode()).isEqualTo(401);
            for (String name : before) {
                assertThat(requests.login(name + "@example.com", GOOD).statusCode())
                        .as(name)
                        .isEqualTo(200);
            }
            register(requests, "later");
        }
    }

    private static void registerMany(Requests requests, String prefix, List<String> done, AtomicBoolean stop) {
        for (int i = 0; !stop.get() && i < 1000; i++) {
            register(requests, prefix + i);
            done.add(prefix + i);
        }
    }

    private static void register(Requests requests, String name) {
        assertThat(requests.register("/rw", name + "@example.com", name, GOOD).statusCode())
                .isBetween(200, 299);
    }

    private static void await(List<String> done, int count) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (done.size() < count) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void a_stopped_server_is_backed_up_too_and_the_missing_keys_are_told() throws Exception {
        server("data").close();
        CommandRun run = backup(folder.resolve("copy.db").toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("not copied: the keys in " + folder.resolve("data/keys"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void nothing_is_overwritten_and_nothing_is_left_behind() throws Exception {
        server("data").close();
        Path copy = Files.writeString(folder.resolve("copy.db"), "mine");
        CommandRun there = backup(copy.toString());
        assertThat(there.code()).isEqualTo(1);
        assertThat(there.err())
                .isEqualTo("the backup " + copy + " cannot be written: another file or folder has that name\n");
        assertThat(copy).hasContent("mine");
        CommandRun self = backup(folder.resolve("data/auth.db").toString());
        assertThat(self.code()).isEqualTo(1);
        CommandRun nowhere = backup(folder.resolve("no/such/copy.db").toString());
        assertThat(nowhere.err()).contains("there is no such file or folder");
        CommandRun keys = backup(folder.resolve("b.db").toString(), "--keys", folder.toString());
        assertThat(keys.code()).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("data", "copy.db");
        }
    }

    @Test
    void without_a_database_nothing_is_made() {
        CommandRun run = backup(folder.resolve("copy.db").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("there is no database ").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void for_postgresql_the_command_is_printed_without_a_password() {
        CommandRun run = backup(
                folder.resolve("copy.db").toString(),
                "--database",
                "jdbc:postgresql://db1:5432,db2:5433/auth?password=hidden",
                "--database-user",
                "countersign");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("pg_dump --format=custom --file=FILE"
                        + " --dbname='postgresql://countersign@db1:5432,db2:5433/auth'")
                .contains("pg_restore", "master key")
                .doesNotContain("hidden");
    }
}
