package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.Requests;
import dev.countersign.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that the release of schema version 1 made, under the commands and the server of this one. */
class DatabaseCheckTest {

    @TempDir
    private Path data;

    @BeforeEach
    void take_the_file_of_the_release_before() throws IOException {
        Files.copy(Path.of("../auth-jdbi/src/test/resources/upgrade/v1.db"), data.resolve("auth.db"));
    }

    private CommandRun db(String... words) {
        String[] arguments = new String[words.length + 2];
        arguments[0] = "db";
        System.arraycopy(words, 0, arguments, 1, words.length);
        arguments[words.length + 1] = "--data=" + data;
        return CommandRun.of(arguments);
    }

    @Test
    void a_check_lists_users_whose_identifiers_are_equal_until_one_has_another() throws IOException {
        CommandRun before = db("check");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.err()).contains("auth-server db migrate").hasLineCount(1);
        assertThat(db("migrate").code()).isZero();

        CommandRun check = db("check");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains(
                        "identifiers  4 problems; ",
                        "  user 2: anna@xn--mnchen-3ya.example is the same as anna@münchen.example of user 3")
                .contains("user 4: Anna@ＭÜNCHEN.example is the same as anna@münchen.example of user 3")
                .contains("user 10: bob@example.com. is the same as bob@example.com of user 11")
                .contains("user 21: ");

        Path rows = Files.writeString(data.resolve("new.jsonl"), """
                {"uuid":"%s","email":"anna2@example.com"}
                {"uuid":"%s","email":"anna4@example.com"}
                {"uuid":"%s","email":"bob2@example.com"}
                {"uuid":"%s","email":"max2@example.com"}
                """.formatted(uuid(2), uuid(4), uuid(10), uuid(21)));
        CommandRun run = CommandRun.of("user", "import", rows.toString(), "--update", "--data=" + data);
        assertThat(run.out()).startsWith("added 0, updated 4, already there 0, rejected 0");
        CommandRun after = db("check");
        assertThat(after.out()).doesNotContain("problems");
        assertThat(after.code()).isZero();
        assertThat(db("migrate", "--refold").code()).isZero();
    }

    @Test
    void a_user_with_a_character_that_deceives_is_not_added_and_it_is_named() {
        CommandRun run = CommandRun.withInput(
                "a password nobody else has\n", "user", "add", "--email", "p1\u200B@example.com", "--data=" + data);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("email: has U+200B, a character that cannot be seen; nothing was changed\n");
        CommandRun name = CommandRun.withInput(
                "a password nobody else has\n", "user", "add", "--username", "a\u202Eda", "--data=" + data);
        assertThat(name.err())
                .isEqualTo(
                        "username: has U+202E, a character that changes the direction of writing; nothing was changed\n");
    }

    private String uuid(long id) {
        return CommandRun.of("user", "export", "--data=" + data)
                .out()
                .lines()
                .filter(line -> line.startsWith("{\"id\":" + id + ","))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*\"uuid\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void the_server_upgrades_and_everybody_logs_in_as_before() throws Exception {
        try (RunningServer server = RunningServer.start(data, "--dialects=standard")) {
            Requests requests = server.requests();
            assertThat(requests.login("anna@xn--mnchen-3ya.example", "the password of user 2")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(requests.login("anna@münchen.example", "the password of user 3")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(requests.login("Anna@ＭÜNCHEN.example", "the password of user 4")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(requests.login("anna@münchen.example", "the password of user 2")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(requests.login("p1\u200B@example.com", "the password of user 8")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(requests.login("p1@example.com", "the password of user 8")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(requests.login("carl@münchen.example", "the password of user 5")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
