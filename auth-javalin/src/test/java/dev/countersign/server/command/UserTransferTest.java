package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.server.RunningServer;
import dev.countersign.testkit.fixture.SeededRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code user import} and {@code user export} on SQLite. */
class UserTransferTest {

    private static final String HASH = "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW";
    private static final String GOOD = """
            {"email":"ada@example.com","password_hash":"%s"}
            {"username":"grace","password_hash":"%s","external_id":17}
            """.formatted(HASH, HASH);

    @TempDir
    Path folder;

    private CommandRun imported(String rows, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("users.jsonl"), rows);
        return command("", "import", file.toString(), more);
    }

    private CommandRun command(String input, String verb, String file, String... more) {
        String[] arguments = new String[5 + more.length];
        List<String> first =
                List.of("user", verb, file, "--data", folder.resolve("data").toString());
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i < 5 ? first.get(i) : more[i - 5];
        }
        return CommandRun.withInput(input, arguments);
    }

    private List<String> exported() {
        CommandRun run = command("", "export", "-");
        assertThat(run.code()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void good_rows_go_in_and_running_it_again_adds_nobody() throws Exception {
        CommandRun first = imported(GOOD);
        assertThat(first.out()).contains("added 2, updated 0, already there 0, rejected 0");
        assertThat(first.code()).isZero();
        List<String> before = exported();

        CommandRun again = imported(GOOD);
        assertThat(again.out()).contains("added 0, updated 0, already there 2, rejected 0");
        assertThat(again.code()).isZero();
        assertThat(exported()).isEqualTo(before).hasSize(2);
    }

    @Test
    void a_user_renamed_elsewhere_is_known_by_the_external_id() throws Exception {
        imported("{\"external_id\":\"a-17\",\"email\":\"old@example.com\"}\n");

        CommandRun run = imported("{\"external_id\":\"a-17\",\"email\":\"new@example.com\"}\n", "--update");

        assertThat(run.out()).contains("added 0, updated 1");
        assertThat(exported()).singleElement().asString().contains("new@example.com");
    }

    @Test
    void each_bad_row_is_told_with_line_field_and_reason_and_good_ones_go_in() throws Exception {
        CommandRun run = imported("""
                {"email":"nobody","password_hash":"%s"}

                {"email":"ada@example.com","password_hash":"{noop}hunter2"}
                {"email":"eve@example.com","password_hash":"$2b$16$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2"}
                {"email":"bob@example.com","password":"hunter2 hunter2","password_hash":"%s"}
                {"email":"tim@example.com","created_at":"yesterday","status":"maybe","id":-4,"uuid":"1-1-1-1-1"}
                {"emial":"tim@example.com"}
                {"username":"tim@example.com"}
                not json hunter2
                ["hunter2"]
                {"email":"good@example.com","attributes":{"a":[1,2.50,null]}}
                {}
                """.formatted(HASH, HASH));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("added 1, updated 0, already there 0, rejected 10");
        List<String> rejects = Files.readAllLines(folder.resolve("users.jsonl.rejects.jsonl"));
        assertThat(rejects).hasSize(10);
        assertThat(rejects.get(0)).contains("\"reject_line\":1").contains("email: it is not an e-mail address");
        assertThat(rejects.get(1))
                .contains("\"reject_line\":3")
                .contains("password_hash: {noop} keeps passwords in clear");
        assertThat(rejects.get(2)).contains("cost from 4 to 15");
        assertThat(rejects.get(3)).contains("password: there is a hash, too");
        assertThat(rejects.get(4)).contains("created_at: ", "status: ", "id: ", "uuid: ");
        assertThat(rejects.get(5)).contains("did you mean email?");
        assertThat(rejects.get(6)).contains("username: with an @");
        assertThat(rejects.get(7)).contains("row: this is not JSON");
        assertThat(rejects.get(8)).contains("row: it is not a JSON object");
        assertThat(rejects.get(9)).contains("email: a user has an e-mail address, a username or both");
        for (String reject : rejects) {
            JsonObject fields = (JsonObject) JsonText.read(reject);
            assertThat(fields.get("reject_reasons").orElseThrow().toString()).doesNotContain("hunter2", HASH, "abcdef");
        }
        assertThat(run.out() + run.err()).doesNotContain("hunter2", HASH);
        assertThat(Files.getPosixFilePermissions(folder.resolve("users.jsonl.rejects.jsonl")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void corrected_rejects_can_be_imported() throws Exception {
        Path file = Files.writeString(
                folder.resolve("users.csv"),
                String.join(
                        "\r\n",
                        "email,username,attributes.note",
                        "ada@example.com,ada,\"a, \"\"b\"\"\n c\"",
                        "broken,eve,x",
                        "short",
                        "",
                        ""));
        assertThat(command("", "import", file.toString()).code()).isEqualTo(1);
        Path rejects = folder.resolve("users.csv.rejects.csv");
        String text = Files.readString(rejects);
        assertThat(text)
                .isEqualTo(String.join(
                        "\r\n",
                        "email,username,attributes.note,reject_line,reject_reasons",
                        "broken,eve,x,4,email: it is not an e-mail address",
                        "short,,,5,row: it has 1 cells and the header 3; email: it is not an e-mail address",
                        ""));

        Path corrected = Files.writeString(
                folder.resolve("corrected.csv"),
                text.replace("broken", "eve@example.com").replace("short,", "short@example.com,"));
        CommandRun run = command("", "import", corrected.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("added 2");
        assertThat(exported()).hasSize(3).first().asString().contains("a, \\\"b\\\"\\n c");
    }

    @Test
    void a_dry_run_tells_what_would_happen_and_changes_nothing() throws Exception {
        imported("{\"email\":\"ada@example.com\"}\n");
        List<String> before = exported();

        CommandRun run = imported(
                GOOD + "{\"email\":\"x\"}\n{\"email\":\"new@example.com\",\"password\":\"a password of hers\"}\n",
                "--dry-run");

        assertThat(run.out()).contains("would be added 2, updated 0, already there 1, rejected 1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(exported()).isEqualTo(before);
    }

    @Test
    void passwords_are_hashed_and_standard_input_is_a_file_too() throws Exception {
        CommandRun run = command(
                "email,password\nada@example.com, spaces count \n",
                "import",
                "-",
                "--format",
                "csv",
                "--bcrypt-cost",
                "10",
                "--rejects",
                folder.resolve("rejects.csv").toString());
        assertThat(run.complaints()).isEmpty();
        assertThat(run.code()).isZero();

        JsonObject user = (JsonObject) JsonText.read(exported().get(0));
        String hash = user.get("password_hash").orElseThrow().asString().orElseThrow();
        assertThat(hash).startsWith("$2b$10$");
        assertThat(new BcryptPasswordHasher(10, new SeededRandom(1))
                        .verify(RawPassword.of(" spaces count "), PasswordHash.of(hash)))
                .isTrue();
    }

    @Test
    void who_is_added_after_a_repeated_row_can_log_in() throws Exception {
        CommandRun run = imported("""
                {"email":"a@example.com","username":"one","password":"first password"}
                {"email":"b@example.com","username":"one","password":"second password"}
                {"email":"b@example.com","username":"two","password":"third password"}
                """, "--bcrypt-cost", "10");

        assertThat(run.out()).contains("added 2, updated 0, already there 0, rejected 1");
        try (RunningServer server = RunningServer.start(folder.resolve("data"), "--dialects=standard")) {
            assertThat(server.requests()
                            .login("a@example.com", "first password")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.requests()
                            .login("b@example.com", "third password")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.requests()
                            .login("b@example.com", "second password")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_file_that_is_none_or_of_no_known_format_is_refused() throws Exception {
        assertThat(command("", "import", "users.xml").code()).isEqualTo(2);
        assertThat(command("", "import", "-").code()).isEqualTo(2);
        CommandRun missing = command("", "import", folder.resolve("none.csv").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no such file");
        Path file = Files.writeString(folder.resolve("users.csv"), "email,pasword_hash\n");
        CommandRun unknown = command("", "import", file.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("the column pasword_hash is unknown: did you mean password_hash?");
        Files.writeString(file, "email,username\n\"open,");
        assertThat(command("", "import", file.toString()).code()).isEqualTo(1);
    }
}
