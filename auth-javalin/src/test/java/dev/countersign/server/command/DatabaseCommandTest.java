package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.server.Requests;
import dev.countersign.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the database's tables, on the embedded file. */
final class DatabaseCommandTest {

    private static final int NEWEST = SchemaStatus.ofNothing().newest();
    private static final String PENDING = "V1__users.sql  pending";
    private static final String APPLIED = "V1__users.sql  applied 20";

    @TempDir
    private Path folder;

    @Test
    void the_state_of_what_is_not_there_is_told_and_nothing_is_made() {
        Path data = folder.resolve("data");
        CommandRun run = db("status", data);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("SQLite, " + data.resolve("auth.db") + " (not there yet)")
                .contains("none; this release needs version " + NEWEST)
                .contains(PENDING);
        assertThat(run.err()).contains("auth-server db migrate").hasLineCount(1);
        assertThat(data).doesNotExist();
    }

    @Test
    void migrating_makes_the_tables_once_and_says_so() {
        CommandRun first = db("migrate", folder);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .startsWith("made the database " + folder.resolve("auth.db") + "\nran V1__users.sql\nran ")
                .endsWith("the schema is at version " + NEWEST + "\n");
        CommandRun second = db("migrate", folder);
        assertThat(second.code()).isZero();
        assertThat(second.out()).isEqualTo("nothing to do: the schema is at version " + NEWEST + "\n");
        CommandRun status = db("status", folder);
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains(APPLIED).endsWith("up to date\n");
        assertThat(status.err()).isEmpty();
    }

    @Test
    void a_server_that_leaves_the_tables_to_others_starts_when_they_are_there() throws Exception {
        String database = " --database=jdbc:sqlite:"
                + Files.createFile(folder.resolve("empty.db")).toAbsolutePath();
        for (String command : new String[] {"serve --port=0", "user list", "user delete x"}) {
            CommandRun refused =
                    CommandRun.of((command + " --migrate-at-start=false --data=" + folder + database).split(" "));
            assertThat(refused.code()).as(command).isEqualTo(1);
            assertThat(refused.err())
                    .contains("no Countersign tables", "auth-server db migrate")
                    .hasLineCount(1);
        }
        assertThat(db("status", folder).code()).isEqualTo(1);
        assertThat(db("migrate", folder).code()).isZero();
        try (RunningServer server = RunningServer.start(folder, "--dialects=standard", "--migrate-at-start=false")) {
            Requests requests = server.requests();
            assertThat(requests.get("/auth/me").statusCode()).isEqualTo(401);
        }
        assertThat(CommandRun.of("user", "list", "--migrate-at-start=false", "--data=" + folder)
                        .code())
                .isZero();
    }

    @Test
    void a_dry_run_makes_no_tables_and_says_what_does() throws Exception {
        Path data = folder.resolve("data");
        Path file = Files.writeString(folder.resolve("users.csv"), "email\nada@example.com\n");
        String[] dry = {"user", "import", file.toString(), "--dry-run", "--data", data.toString()};
        CommandRun missing = CommandRun.of(dry);
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .contains("there is no database " + data, "auth-server db migrate")
                .hasLineCount(1);
        assertThat(data).doesNotExist();

        String url = "jdbc:sqlite:" + folder.resolve("own.db");
        Jdbi.create(url).useHandle(handle -> handle.execute("CREATE TABLE other (id INTEGER)"));
        CommandRun elsewhere =
                CommandRun.of("user", "import", file.toString(), "--dry-run", "--data=" + folder, "--database=" + url);
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("no Countersign tables").hasLineCount(1);
        List<String> tables = Jdbi.create(url)
                .withHandle(handle -> handle.createQuery("SELECT name FROM sqlite_master")
                        .mapTo(String.class)
                        .list());
        assertThat(tables).containsExactly("other");
    }

    @Test
    void a_schema_of_a_later_release_is_worked_with_or_refused_as_it_says() {
        db("migrate", folder);
        sql("INSERT INTO auth_schema_version (version, name, works_with) VALUES (998, 'more', 3)");
        CommandRun ahead = db("status", folder);
        assertThat(ahead.code()).as(ahead.err()).isZero();
        assertThat(ahead.out())
                .contains("version 998; this release needs version " + NEWEST)
                .contains("V998__more.sql  applied 20")
                .contains(", of a later release");
        assertThat(db("migrate", folder).out()).contains("nothing to do: the schema is at version 998");

        sql("INSERT INTO auth_schema_version (version, name) VALUES (999, 'other')");
        CommandRun tooNew = db("status", folder);
        assertThat(tooNew.code()).isEqualTo(1);
        assertThat(tooNew.err())
                .contains("a later release", "knows version 999")
                .hasLineCount(1);
        assertThat(db("migrate", folder).code()).isEqualTo(1);
        assertThat(CommandRun.of("--port=0", "--migrate-at-start=false", "--data=" + folder)
                        .code())
                .isEqualTo(1);
    }

    @Test
    void tables_that_somebody_else_made_are_told_and_left_alone() {
        String url = "--database=jdbc:sqlite:" + folder.resolve("own.db");
        Jdbi.create("jdbc:sqlite:" + folder.resolve("own.db"))
                .useHandle(handle -> handle.execute("CREATE TABLE auth_users (login TEXT)"));
        for (String command : new String[] {"db status", "db migrate", "serve --port=0"}) {
            CommandRun run = CommandRun.of((command + " --data=" + folder + " " + url).split(" "));
            assertThat(run.code()).as(command).isEqualTo(1);
            assertThat(run.err()).contains("scripts did not").hasLineCount(1);
        }
    }

    private CommandRun db(String command, Path data) {
        return CommandRun.of("db", command, "--data", data.toString());
    }

    private void sql(String statement) {
        Jdbi.create("jdbc:sqlite:" + folder.resolve("auth.db")).useHandle(handle -> handle.execute(statement));
    }
}
