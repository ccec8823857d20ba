package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of docs/import.md: files as the other systems write them, with hashes that the other systems made. */
@Tag("slow")
class ImportRecipesTest {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "dev", "countersign", "server", "transfer");
    private static final Path PAGE = Path.of("..", "docs", "import.md");
    private static final String PASSWORD = "correct horse ß🐎";
    private static final String LONG = "0123456789".repeat(8);

    @TempDir
    Path folder;

    private final MigratingPasswordHasher hasher =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

    @ParameterizedTest
    @CsvSource({
        "devise.csv, 3, 2",
        "django.csv, 4, 3",
        "spring.csv, 2, 2",
        "laravel.csv, 3, 3",
        "laravel.jsonl, 3, 3",
        "wordpress.jsonl, 4, 4",
        "node.jsonl, 2, 2",
        "flask.csv, 2, 2",
        "aspnet.csv, 3, 2",
        "keycloak.csv, 3, 2",
        "firebase.jsonl, 3, 2",
        "htpasswd.csv, 4, 4"
    })
    void the_command_of_every_recipe_takes_all_rows_and_their_passwords_are_right(String file, int users, int passwords)
            throws Exception {
        CommandRun run = CommandRun.withInput("", imported(file));
        assertThat(run.out()).startsWith("added " + users + ", updated 0, already there 0, rejected 0");
        assertThat(run.code()).isZero();

        List<String> rows = exported();
        assertThat(rows.stream().filter(this::hasRightPassword)).hasSize(passwords);
        assertThat(rows.stream().filter(row -> row.contains("password_hash"))).hasSize(passwords);
        assertThat(String.join("\n", rows)).doesNotContain(",sk=", "fired");
    }

    @Test
    void the_numbers_of_the_old_system_are_kept() throws Exception {
        for (String file :
                List.of("devise.csv", "django.csv", "laravel.csv", "laravel.jsonl", "wordpress.jsonl", "flask.csv")) {
            assertThat(Files.readString(SAMPLES.resolve(file))).containsPattern("^(id,|\\{\"id\": )");
        }
        CommandRun.withInput("", imported("devise.csv"));
        assertThat(exported().get(0)).startsWith("{\"id\":2,").contains("ada@example.com");
        assertThat(exported().get(1)).startsWith("{\"id\":3,").contains("long@example.com");
    }

    /** As the shell runs it, on a file that htpasswd made, with a comment and a user who is commented out. */
    @Test
    void the_pipeline_for_htpasswd_takes_who_is_not_commented_out() throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf("(echo username,password_hash;");
        String pipeline = page.substring(start, page.indexOf('\n', start));
        Files.copy(SAMPLES.resolve("htpasswd.txt"), folder.resolve(".htpasswd"));

        Process shell = new ProcessBuilder("sh", "-c", pipeline)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
        assertThat(folder.resolve("htpasswd.csv")).hasSameTextualContentAs(SAMPLES.resolve("htpasswd.csv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "devise.csv",
                "django.csv",
                "spring.csv",
                "laravel.csv",
                "laravel.jsonl",
                "wordpress.jsonl",
                "node.jsonl",
                "flask.csv",
                "aspnet.csv",
                "keycloak.csv",
                "firebase.jsonl",
                "htpasswd.csv"
            })
    void the_page_shows_the_file(String file) throws Exception {
        String sample = Files.readString(SAMPLES.resolve(file)).replace("\r\n", "\n");

        assertThat(Files.readString(PAGE)).contains("\n" + sample + "```").contains("user import " + file);
    }

    /** The page's own command, with the sample in place of the file. */
    private String[] imported(String file) throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf("user import " + file);
        String command = page.substring(start, page.indexOf('\n', start))
                .replace(file, SAMPLES.resolve(file).toString());
        return (command + " --bcrypt-cost 10 --rejects " + folder.resolve("rejects") + " --data "
                        + folder.resolve("data"))
                .split(" ");
    }

    private List<String> exported() {
        return CommandRun.withInput(
                        "", "user", "export", "--data", folder.resolve("data").toString())
                .out()
                .lines()
                .toList();
    }

    private boolean hasRightPassword(String row) {
        try {
            JsonObject user = (JsonObject) JsonText.read(row);
            Optional<PasswordHash> hash =
                    user.get("password_hash").flatMap(Json::asString).map(PasswordHash::of);
            String password = row.contains("\"AQAAAA") || row.contains("\"AN")
                    ? "my password"
                    : row.contains("long") ? LONG : PASSWORD;
            return hash.isPresent()
                    && hasher.verify(RawPassword.of(password), hash.get())
                    && !hasher.verify(RawPassword.of("wrong"), hash.get());
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
