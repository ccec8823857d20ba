package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.server.command.CommandRun;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The peppers of a server: stored hashes are encrypted, change their pepper, and are never unreadable without a word. */
@Tag("slow")
class PepperTest {

    private static final String GOOD = "a password nobody else has";
    private static final String OLD = line("2025-11", 1);
    private static final String NEW = line("2026-11", 2);

    @TempDir
    private Path folder;

    private Path data;
    private Path file;

    private static String line(String id, int seed) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (seed * 40 + i);
        }
        return id + " " + Base64.getEncoder().encodeToString(key);
    }

    @BeforeEach
    void places() {
        data = folder.resolve("data");
        file = folder.resolve("pepper.txt");
    }

    private void peppers(String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private CommandRun run(String input, String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments), Stream.of("--data=" + data, "--bcrypt-cost=10", "--pepper-file=" + file))
                .toArray(String[]::new);
        return CommandRun.withInput(input, all);
    }

    private CommandRun runWithout(String input, String... arguments) {
        return CommandRun.withInput(
                input,
                Stream.concat(Stream.of(arguments), Stream.of("--data=" + data, "--bcrypt-cost=10"))
                        .toArray(String[]::new));
    }

    private void add(String name) {
        CommandRun added = run(GOOD + "\n", "user", "add", "--username", name);
        assertThat(added.code()).as(added.err()).isZero();
    }

    private void addWithout(String name) {
        assertThat(runWithout(GOOD + "\n", "user", "add", "--username", name).code())
                .isZero();
    }

    private RunningServer server() throws ConfigException {
        return RunningServer.start(data, "--dialects=standard", "--pepper-file=" + file);
    }

    private void logsIn(String... names) throws ConfigException {
        try (RunningServer server = server()) {
            for (String name : names) {
                assertThat(server.requests().login(name, GOOD).statusCode()).isEqualTo(200);
                assertThat(server.requests().login(name, GOOD + "!").statusCode())
                        .isEqualTo(401);
            }
        }
    }

    private List<String> list() {
        return run("", "pepper", "list").out().lines().skip(1).toList();
    }

    @Test
    void users_without_a_pepper_log_in_and_get_one() throws Exception {
        addWithout("ada");
        peppers(OLD);
        add("bob");
        assertThat(list()).containsExactly("2025-11\tencrypts\t1", "-\tno pepper yet\t1");
        assertThat(run("", "user", "hashes").out())
                .contains("1\tbcrypt, cost 10, pepper 2025-11\n", "1\tbcrypt, cost 10; replaced at the next login\n");

        logsIn("ada", "bob");

        assertThat(list()).containsExactly("2025-11\tencrypts\t2");
    }

    @Test
    void a_rotation_needs_no_passwords() throws Exception {
        peppers(OLD);
        add("ada");
        add("bob");
        peppers(OLD, NEW);
        logsIn("ada");
        assertThat(list()).containsExactly("2026-11\tencrypts\t1", "2025-11\tdecrypts\t1");

        assertThat(run("", "pepper", "apply").out()).isEqualTo("changed 1 hashes; pepper 2026-11 is in use\n");
        assertThat(run("", "pepper", "apply").out()).isEqualTo("changed 0 hashes; pepper 2026-11 is in use\n");

        assertThat(list()).containsExactly("2026-11\tencrypts\t2", "2025-11\tdecrypts\t0");
        peppers(NEW);
        logsIn("ada", "bob");
    }

    @Test
    void a_running_server_goes_on_while_all_hashes_change() throws Exception {
        peppers(OLD, NEW, "none");
        addWithout("ada");
        peppers(NEW, OLD);
        try (RunningServer server = server()) {
            String token = server.requests().token("ada", GOOD);
            peppers(OLD, NEW);
            assertThat(run("", "pepper", "apply").code()).isZero();
            assertThat(server.requests().login("ada", GOOD).statusCode()).isEqualTo(200);
            assertThat(server.requests().me(token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void peppers_can_be_given_up() throws Exception {
        peppers(NEW);
        add("ada");
        peppers(NEW, "none");

        assertThat(run("", "pepper", "apply").out()).isEqualTo("changed 1 hashes; no pepper is in use\n");

        assertThat(runWithout("", "user", "export").out()).contains("\"password_hash\":\"$2b$10$");
    }

    @Test
    void a_pepper_that_is_needed_and_missing_refuses_the_start() throws Exception {
        peppers(OLD);
        add("ada");
        peppers(NEW);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(this::server)
                .withMessage("a stored password hash cannot be verified: it is encrypted with the pepper 2025-11, which"
                        + " is missing here; users with such hashes could not log in: put its line back into " + file
                        + "; if it is lost for good, write the line \"2025-11 lost\" instead");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> RunningServer.start(data, "--dialects=standard"))
                .withMessageContaining("give the file with this pepper as --pepper-file");
        assertThat(list()).containsExactly("2026-11\tencrypts\t0", "2025-11\tMISSING\t1");
        CommandRun applied = run("", "pepper", "apply");
        assertThat(applied.code()).isEqualTo(1);
        assertThat(applied.err()).contains("1 hashes need a pepper that is not in pepper_file");

        peppers("2025-11 lost", NEW);
        try (RunningServer server = server()) {
            assertThat(server.requests().login("ada", GOOD).statusCode()).isEqualTo(401);
            assertThat(run(GOOD + "\n", "user", "set-password", "ada").code()).isZero();
            assertThat(server.requests().login("ada", GOOD).statusCode()).isEqualTo(200);
        }
        assertThat(list()).containsExactly("2026-11\tencrypts\t1", "2025-11\tlost\t0");
    }

    @Test
    void no_command_stores_a_hash_without_the_pepper_that_others_have() throws Exception {
        peppers(OLD);
        add("ada");
        Path rows =
                Files.writeString(data.resolve("rows.csv"), "email,password\nbob@example.com,a password nobody has\n");
        for (CommandRun refused : List.of(
                runWithout(GOOD + "\n", "user", "add", "--username", "bob"),
                runWithout(GOOD + "!\n", "user", "set-password", "ada"),
                runWithout("", "user", "import", rows.toString()))) {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("give the file with this pepper as --pepper-file")
                    .hasLineCount(1);
        }
        assertThat(runWithout("", "user", "list").out().lines()).hasSize(2);
        assertThat(runWithout("", "user", "disable", "ada").code()).isZero();
        assertThat(run("", "user", "enable", "ada").code()).isZero();
        logsIn("ada");
    }

    @Test
    void another_pepper_of_the_same_id_is_noticed() throws Exception {
        peppers(line("2026-11", 3));
        add("ada");
        peppers(NEW);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(this::server)
                .withMessageContaining("it is encrypted with another pepper that has the id 2026-11, or damaged");
        assertThat(list()).containsExactly("2026-11\tencrypts\t0", "2026-11\tANOTHER PEPPER OF THIS ID\t1");
    }

    @Test
    void an_export_is_read_by_a_server_with_the_pepper_and_by_no_other() throws Exception {
        peppers(OLD, NEW);
        add("ada");
        String exported = run("", "user", "export").out();
        assertThat(exported).contains("{pepper 2026-11}").doesNotContain("$2b$");
        data = folder.resolve("other");

        Path rejects = folder.resolve("rejects.jsonl");
        CommandRun without = CommandRun.withInput(
                exported, "user", "import", "-", "--format=jsonl", "--rejects=" + rejects, "--data=" + data);
        assertThat(without.out()).contains("rejected 1");
        assertThat(Files.readString(rejects))
                .contains("password_hash: it is encrypted with the pepper 2026-11, which is missing here: give the"
                        + " pepper_file of the server that wrote it");

        CommandRun with = run(exported, "user", "import", "-", "--format=jsonl", "--rejects=" + rejects);
        assertThat(with.out()).as(with.err()).contains("added 1");
        assertThat(run("", "user", "export").out()).isEqualTo(exported);
        CommandRun again = run(exported, "user", "import", "-", "--format=jsonl", "--rejects=" + rejects, "--update");
        assertThat(again.out()).contains("updated 1");
        assertThat(run("", "user", "export").out()).doesNotContain("password_changed_at");
        logsIn("ada");
    }

    @Test
    void imported_hashes_are_encrypted_at_once() throws Exception {
        peppers(NEW);
        String rows = """
                {"username":"u","password_hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}
                {"username":"weak","password_hash":"md5$$5f4dcc3b5aa765d61d8327deb882cf99"}
                {"username":"clear","password":"a password nobody else has"}
                """;
        CommandRun imported =
                run(rows, "user", "import", "-", "--format=jsonl", "--rejects=" + folder.resolve("rejects.jsonl"));
        assertThat(imported.out()).as(imported.err()).contains("added 3", "wrapped 1");

        assertThat(run("", "user", "hashes").out())
                .contains("bcrypt, cost 5, pepper 2026-11", "inside bcrypt, cost 10, pepper 2026-11");
        try (RunningServer server = server()) {
            assertThat(server.requests().login("u", "U*U").statusCode()).isEqualTo(200);
            assertThat(server.requests().login("weak", "password").statusCode()).isEqualTo(200);
            assertThat(server.requests().login("clear", GOOD).statusCode()).isEqualTo(200);
        }
        assertThat(run("", "user", "hashes").out()).isEqualTo("USERS\tHASH\n3\tbcrypt, cost 10, pepper 2026-11\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11|line 1: a line has an id",
                "a b c|line 1: a line has an id",
                "ü AAAA|line 1: a line has an id",
                "a c2hvcnQ=|line 1: a pepper is 32 random bytes in base64",
                "a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=|line 1: a pepper is 32 random bytes in base64",
                "# nothing|there is no pepper in it",
            })
    void a_file_that_is_none_is_refused_with_its_line_and_never_quoted(String text, String message) throws Exception {
        peppers(text);
        CommandRun run = run(GOOD + "\n", "user", "add", "--username", "ada");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(file.toString(), message).doesNotContain("c2hvcnQ", "AAAAAAA");
    }

    @Test
    void two_lines_of_one_id_a_line_after_none_and_a_file_for_everybody_are_refused() throws Exception {
        addWithout("ada");
        peppers(NEW, "# a comment", NEW);
        assertThat(run("", "pepper", "list").err()).contains("line 3: there is another line with the id 2026-11");
        peppers("none", NEW);
        assertThat(run("", "pepper", "list").err()).contains("line 2: nothing follows the line none");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("", "pepper", "list").err()).contains("chmod 600");
        Files.delete(file);
        assertThat(run("", "pepper", "list").err()).contains("the pepper file " + file + " cannot be used");
    }

    @Test
    void the_pepper_is_in_no_file_of_the_server() throws Exception {
        peppers(NEW);
        add("ada");
        logsIn("ada");
        String secret = NEW.substring(NEW.indexOf(' ') + 1);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }
}
