package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that are imported in clear. */
class ClearPasswordsTest {

    private static final String ROWS = """
            {"email":"common@example.com","password":"password1"}
            {"email":"short@example.com","password":"hey"}
            {"email":"the.own.name@example.com","username":"own","password":"The.Own.Name"}
            {"email":"good@example.com","password":"a password nobody else has"}
            {"email":"nul@example.com","password":"a password with \\u0000"}
            {"email":"long@example.com","password":"1234567890abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ.."}
            """;

    @TempDir
    private Path folder;

    private CommandRun take(String... options) {
        return CommandRun.withInput(
                ROWS,
                Stream.concat(
                                Stream.of(
                                        "user",
                                        "import",
                                        "-",
                                        "--format=jsonl",
                                        "--rejects=" + folder.resolve("rejects.jsonl"),
                                        "--data=" + folder.resolve("data"),
                                        "--bcrypt-cost=10"),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private List<String> reasons() throws Exception {
        return Files.readAllLines(folder.resolve("rejects.jsonl")).stream()
                .map(line -> line.replaceAll(".*\"reject_reasons\":\\[\"([^\"]*)\"].*", "$1"))
                .toList();
    }

    @Test
    void weak_passwords_are_rejected_with_the_reason() throws Exception {
        CommandRun run = take();

        assertThat(run.out()).contains("added 1, updated 0, already there 0, rejected 5");
        assertThat(run.code()).isEqualTo(1);
        assertThat(reasons())
                .containsExactly(
                        "password: it is one that many people use",
                        "password: it has fewer than 8 characters",
                        "password: it is the user's own e-mail address, the part before its @, or username",
                        "password: it has a NUL character or is not Unicode text",
                        "password: it is longer than 72 bytes in UTF-8, the limit of bcrypt");
    }

    @Test
    void weak_passwords_are_imported_and_counted_with_the_option_and_those_that_cannot_be_hashed_never()
            throws Exception {
        CommandRun run = take("--accept-weak-passwords");

        assertThat(run.out())
                .contains("added 4, updated 0, already there 0, rejected 2")
                .contains("accepted 3 passwords that the rules for new passwords refuse");
        assertThat(reasons()).hasSize(2);
        try (RunningServer server = RunningServer.start(folder.resolve("data"), "--dialects=standard")) {
            assertThat(server.requests()
                            .login("common@example.com", "password1")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(take("--accept-weak-passwords").out())
                .contains("already there 4")
                .doesNotContain("accepted");
    }

    @Test
    void a_dry_run_tells_the_same() {
        take();

        assertThat(take("--dry-run", "--accept-weak-passwords").out())
                .contains("would be added 3, updated 0, already there 1, rejected 2")
                .contains("would be accepted 3 passwords");
    }
}
