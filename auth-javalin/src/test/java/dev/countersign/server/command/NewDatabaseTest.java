package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.ChildServer;
import dev.countersign.server.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands make a database, and that they say so. */
@Tag("slow")
class NewDatabaseTest {

    private static final String GOOD = "a long password of mine\n";

    @TempDir
    private Path folder;

    private CommandRun run(String command, String where) throws Exception {
        Path file = Files.writeString(folder.resolve("users.csv"), "username\neve\n");
        return CommandRun.withInput(GOOD, (command.replace("FILE", file.toString()) + where).split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user list",
                "user export",
                "user export COPY.csv",
                "user disable ada",
                "user enable ada",
                "user set-password ada",
                "user delete ada",
                "user delete --demo",
                "user import --dry-run FILE",
                "db status",
                "db check",
                "user list --migrate-at-start=false",
                "serve --port 0 --migrate-at-start=false"
            })
    void a_mistyped_place_is_reported_and_nothing_is_made(String command) throws Exception {
        for (String where : new String[] {
            " --data " + folder.resolve("typo"),
            " --data " + folder.resolve("typo") + " --database jdbc:sqlite:" + folder.resolve("typo.db")
        }) {
            CommandRun run = run(command.replace("COPY", folder + "/copy"), where);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out() + run.err()).contains(folder.resolve("typo").toString(), "auth-server db migrate");
            assertThat(run.err()).hasLineCount(1);
            try (var left = Files.list(folder)) {
                assertThat(left.map(path -> path.getFileName().toString())).containsExactly("users.csv");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user add --username ada", "user import FILE", "db migrate"})
    void what_makes_a_database_says_so_once(String command) throws Exception {
        String where = " --data " + folder.resolve("data");
        assertThat(run(command, where).out().lines())
                .containsOnlyOnce("made the database " + folder.resolve("data/auth.db"));
        assertThat(run(command, where).out()).doesNotContain("made");
    }

    @Test
    void a_server_says_so_before_anything_else() throws Exception {
        Path data = folder.resolve("data");
        for (boolean first : new boolean[] {true, false}) {
            try (ChildServer server = ChildServer.start(data, "--port", "0", "--dialects", "standard")) {
                assertThat(server.address()).startsWith("http");
                assertThat(server.printed().get(0).equals("made the database " + data.resolve("auth.db")))
                        .isEqualTo(first);
                assertThat(server.errors()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user list", "user export", "user disable ada", "user delete --demo"})
    void tables_are_not_made_in_a_database_that_has_none(String command) throws Exception {
        Files.createFile(folder.resolve("auth.db"));
        for (String where : new String[] {"", " --database " + Postgres.freshDatabase()}) {
            for (int i = 0; i < 2; i++) {
                CommandRun run = run(command, " --data " + folder + where);
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.err()).contains("no Countersign tables").hasLineCount(1);
            }
        }
    }

    @Test
    void paths_in_a_file_are_relative_to_the_file_and_those_of_flags_to_the_working_folder() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Path config = Files.writeString(etc.resolve("auth.yaml"), "data: d\n");
        assertThat(run("user add --username ada", " --config " + config).out())
                .startsWith("made the database " + etc.resolve("d/auth.db"));
        Files.writeString(config, "database: jdbc:sqlite:other.db?busy_timeout=100\ndata: d\n");
        assertThat(run("user add --username ada", " --config " + config).out())
                .startsWith("made the database " + etc.resolve("other.db"));
        assertThat(run("user list", " --config " + config + " --data no-such-folder")
                        .code())
                .isZero();
        Files.writeString(config, "data: d\n");
        assertThat(run("user list", " --config " + config + " --data no-such-folder")
                        .err())
                .contains("there is no database no-such-folder/auth.db");
    }
}
