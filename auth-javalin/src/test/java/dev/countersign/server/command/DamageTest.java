package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.ChildServer;
import dev.countersign.server.Postgres;
import dev.countersign.server.Requests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is not as it was stored. */
@Tag("slow")
class DamageTest {

    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void store() throws IOException {
        file = folder.resolve("auth.db");
        Path users = Files.writeString(folder.resolve("users.csv"), "username\nada\nbob\neve\n");
        assertThat(run("user import " + users).code()).isZero();
    }

    private CommandRun run(String command) {
        return CommandRun.withInput("a long password of mine\n", (command + " --data " + folder).split(" "));
    }

    private void sql(String... statements) {
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            for (String statement : statements) {
                handle.execute(statement);
            }
        });
    }

    private void scribble(int from, int to) throws IOException {
        byte[] noise = new byte[300];
        Random random = new Random(7);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int page = from; page < to; page++) {
                random.nextBytes(noise);
                bytes.seek((long) page * PAGE);
                bytes.write(noise);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --port 0",
                "user list",
                "user export",
                "user add --username joe",
                "user disable ada",
                "user import FILE",
                "db status",
                "db migrate"
            })
    void damaged_pages_stop_each_command_before_anything_is_written(String command) throws IOException {
        scribble(1, 6);
        byte[] before = Files.readAllBytes(file);
        CommandRun run = run(command.replace("FILE", folder.resolve("users.csv").toString()));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("the database " + file + " is damaged (", "auth-server db check")
                .doesNotContain("java", "\tat ")
                .hasLineCount(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_damaged_beginning_is_reported_as_such() throws IOException {
        scribble(0, 1);
        CommandRun run = run("serve --port 0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("the file " + file + " is not an SQLite database, or its beginning is damaged")
                .hasLineCount(1);
    }

    @Test
    void a_check_lists_what_is_damaged_and_writes_nothing() throws IOException {
        assertThat(run("db check").out()).contains("structure    every page and index", "rows         3 users");
        scribble(1, 6);
        byte[] before = Files.readAllBytes(file);
        CommandRun run = run("db check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).containsPattern("structure +[0-9]+ problems").doesNotContain("java");
        assertThat(run.err())
                .contains("the database is damaged", "restore a backup")
                .hasLineCount(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        scribble(0, 1);
        assertThat(run("db check").out()).contains("its file is not an SQLite database");
    }

    @Test
    void a_check_of_a_database_without_our_tables_says_what_makes_them() throws IOException {
        Files.delete(file);
        assertThat(run("db check").err())
                .contains("there is no database " + file)
                .hasLineCount(1);
        Files.createFile(file);
        CommandRun run = run("db check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no Countersign tables", "db migrate");
    }

    @Test
    void a_broken_row_is_named_and_the_list_goes_on_but_an_export_is_all_or_nothing() throws IOException {
        sql("UPDATE auth_users SET uuid = 'sesame' WHERE id = 2");
        String why = "the stored user 2 cannot be read: its uuid is no UUID";
        CommandRun list = run("user list");
        assertThat(list.code()).isEqualTo(1);
        assertThat(list.out()).contains("\tada\t", "\teve\t").doesNotContain("\tbob\t");
        assertThat(list.err())
                .contains(why, "db check")
                .doesNotContain("sesame")
                .hasLineCount(1);

        Path copy = Files.writeString(folder.resolve("copy.csv"), "as it was");
        CommandRun export = run("user export " + copy);
        assertThat(export.code()).isEqualTo(1);
        assertThat(export.err()).contains(why).hasLineCount(1);
        assertThat(copy).hasContent("as it was");
        assertThat(run("user disable id:2").err()).contains(why).hasLineCount(1);
        CommandRun check = run("db check");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains("rows         1 problems; 3 users", "  " + why);
    }

    @Test
    void a_check_reads_PostgreSQL_too() {
        String database = Postgres.freshDatabase();
        String where = " --database " + database;
        assertThat(run("user list" + where).err())
                .contains("no Countersign tables", "db migrate")
                .hasLineCount(1);
        assertThat(run("user add --username ada" + where).out())
                .startsWith("made the tables in the database ")
                .contains("added user 1");
        assertThat(run("db check" + where).code()).isZero();
        Jdbi.create(database).useHandle(handle -> handle.execute("UPDATE auth_users SET attributes = 'sesame'"));
        CommandRun check = run("db check" + where);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains("amcheck is not installed", "its attributes are no JSON object")
                .doesNotContain("sesame");
    }

    @Test
    void a_server_that_meets_damage_reads_on_and_writes_nothing_more() throws Exception {
        try (ChildServer server = ChildServer.start(folder, "--port", "0", "--dialects", "standard,realworld@/rw")) {
            Requests requests = new Requests(server.address());
            assertThat(requests.register("/rw", "joe@example.com", "joe", "a long password of mine")
                            .statusCode())
                    .isEqualTo(201);
            String token = requests.token("joe", "a long password of mine");
            sql("PRAGMA wal_checkpoint(TRUNCATE)");
            int leaf = Jdbi.create("jdbc:sqlite:" + file)
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT rootpage FROM sqlite_master WHERE name = 'auth_users_email'")
                            .mapTo(Integer.class)
                            .one());
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek((long) (leaf - 1) * PAGE);
                bytes.write(new byte[100]);
            }
            assertThat(requests.register("/rw", "kim@example.com", "kim", "a long password of mine")
                            .statusCode())
                    .isIn(500, 503);
            assertThat(requests.register("/rw", "lea@example.com", "lea", "a long password of mine")
                            .statusCode())
                    .isEqualTo(503);
            assertThat(requests.me(token).statusCode()).isEqualTo(200);
            assertThat(server.errors()).contains("is damaged: nothing more is written");
        }
    }
}
