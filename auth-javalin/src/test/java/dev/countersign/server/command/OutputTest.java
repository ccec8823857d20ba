package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.file.ShippedDialects;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output takes nothing, as that of a full disk. */
@Tag("slow")
class OutputTest {

    private static final String GOOD = "a long password of mine\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        assertThat(CommandRun.withInput(GOOD, "user", "add", "--username", "ada", "--data", folder.toString())
                        .code())
                .isZero();
        Files.writeString(folder.resolve("users.csv"), "username\neve\n");
        Files.writeString(folder.resolve("payop.yaml"), ShippedDialects.text("payop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "help user add",
                "version",
                "serve --help",
                "user --help",
                "user add --username bob",
                "user list",
                "user disable ada",
                "user enable ada",
                "user set-password ada",
                "user delete ada",
                "user delete --demo",
                "user import FOLDER/users.csv",
                "user import --dry-run FOLDER/users.csv",
                "user export",
                "user export --format csv",
                "user export FOLDER/copy.csv",
                "db status",
                "db check",
                "db migrate",
                "dialect list",
                "dialect show payop",
                "dialect check FOLDER/payop.yaml"
            })
    void each_command_that_prints_ends_with_1_and_says_why(String command) throws IOException {
        boolean hasData = command.matches("(user|db) (?!--).*");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            Terminal terminal = new Terminal(
                    new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8)),
                    PrintedOutput.to(full),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Map.of("AUTH_BCRYPT_COST", "10"));
            String line = command.replace("FOLDER", folder.toString()) + (hasData ? " --data " + folder : "");
            assertThat(AuthCommand.run(terminal, line.split(" "))).isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("standard output cannot be written: no space left on device")
                .doesNotContain("\tat ", "Exception");
    }
}
