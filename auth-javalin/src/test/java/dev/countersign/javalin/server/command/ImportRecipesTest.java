package dev.countersign.javalin.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample files of docs/import.md. */
class ImportRecipesTest {

    private static final Path SAMPLES =
            Path.of("src", "test", "resources", "dev", "countersign", "javalin", "server", "transfer");
    private static final Path PAGE = Path.of("..", "docs", "import.md");

    @TempDir
    Path folder;

    private final MigratingPasswordHasher hasher =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

    @ParameterizedTest
    @CsvSource({
        "devise.csv, 1, correct horse",
        "django.csv, 2, lètmein",
        "spring.csv, 2, password",
        "laravel.csv, 1, correct horse",
        "laravel.jsonl, 2, correct horse",
        "node.jsonl, 1, correct horse",
        "htpasswd.csv, 1, correct horse"
    })
    void the_file_of_every_recipe_goes_in_and_its_password_is_right(String file, int users, String password)
            throws Exception {
        CommandRun run = CommandRun.withInput(
                "", "user", "import", SAMPLES.resolve(file).toString(), "--data", folder.toString());
        assertThat(run.out()).startsWith("added " + users + ", updated 0, already there 0, rejected 0");
        assertThat(run.code()).isZero();

        List<String> rows = CommandRun.withInput("", "user", "export", "--data", folder.toString())
                .out()
                .lines()
                .toList();
        for (String row : rows) {
            JsonObject user = (JsonObject) JsonText.read(row);
            boolean right = user.get("password_hash")
                    .flatMap(hash -> hash.asString())
                    .map(hash -> hasher.verify(RawPassword.of(password), PasswordHash.of(hash)))
                    .orElse(row.contains("disabled"));
            assertThat(right).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"devise.csv", "django.csv", "spring.csv", "laravel.csv", "laravel.jsonl", "node.jsonl", "htpasswd.csv"})
    void the_page_shows_the_file(String file) throws Exception {
        String sample = Files.readString(SAMPLES.resolve(file)).replace("\r\n", "\n");

        assertThat(Files.readString(PAGE)).contains("\n" + sample + "```").contains("user import " + file);
    }

    @Test
    void the_page_lists_every_field() throws Exception {
        String page = Files.readString(PAGE);

        for (String field : List.of(
                "id",
                "uuid",
                "external_id",
                "email",
                "username",
                "username_number",
                "status",
                "attributes",
                "attributes.NAME",
                "password_hash",
                "password",
                "created_at",
                "updated_at",
                "last_login_at",
                "previous_login_at",
                "password_changed_at")) {
            assertThat(page).contains("| `" + field + "` |");
        }
    }
}
