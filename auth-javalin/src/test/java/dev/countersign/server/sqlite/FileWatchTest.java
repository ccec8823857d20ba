package dev.countersign.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.ChildServer;
import dev.countersign.server.Requests;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database's files are deleted or replaced under a server. */
@Tag("slow")
class FileWatchTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"auth.db auth.db-wal auth.db-shm", "auth.db", "auth.db-wal", "auth.db-shm"})
    void what_was_deleted_is_noticed_and_nothing_is_acknowledged_until_it_is_back(String names) throws Exception {
        Path aside = Files.createDirectory(data.resolve("aside"));
        try (ChildServer server = ChildServer.start(data, "--port", "0", "--dialects", "standard,realworld@/rw")) {
            Requests requests = new Requests(server.address());
            assertThat(register(requests, "ada")).isEqualTo(201);
            String token = requests.token("ada", GOOD);
            for (String name : names.split(" ", -1)) {
                Files.move(data.resolve(name), aside.resolve(name));
            }
            assertThat(register(requests, "eve")).isEqualTo(503);
            assertThat(register(requests, "eve")).isEqualTo(503);
            assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(503);
            assertThat(requests.me(token).statusCode()).isEqualTo(503);
            assertThat(server.errors().lines().filter(line -> line.contains("was deleted or replaced: every request")))
                    .singleElement()
                    .asString()
                    .contains(data.resolve("auth.db").toString(), "restore a backup and start it again");
            for (String name : names.split(" ", -1)) {
                Files.move(aside.resolve(name), data.resolve(name));
            }
            assertThat(register(requests, "eve")).isEqualTo(201);
            assertThat(requests.me(token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void another_file_in_its_place_is_not_worked_on_before_the_next_start() throws Exception {
        Path backup = data.resolve("backup.db");
        try (ChildServer server = ChildServer.start(data, "--port", "0", "--dialects", "standard,realworld@/rw")) {
            Requests requests = new Requests(server.address());
            assertThat(register(requests, "ada")).isEqualTo(201);
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + data.resolve("auth.db"))
                    .createStatement()
                    .execute("VACUUM INTO '" + backup + "'");
            assertThat(register(requests, "eve")).isEqualTo(201);
            for (String name : new String[] {"auth.db", "auth.db-wal", "auth.db-shm"}) {
                Files.delete(data.resolve(name));
            }
            Files.copy(backup, data.resolve("auth.db"));
            assertThat(register(requests, "eve")).isEqualTo(503);
        }
        try (ChildServer server = ChildServer.start(data, "--port", "0", "--dialects", "standard,realworld@/rw")) {
            Requests requests = new Requests(server.address());
            assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(200);
            assertThat(register(requests, "eve")).isEqualTo(201);
        }
    }

    private static int register(Requests requests, String name) {
        return requests.register("/rw", name + "@example.com", name, GOOD).statusCode();
    }
}
