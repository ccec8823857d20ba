package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the tokens of a system that is being replaced reach. */
@Tag("slow")
final class OldSystemTokensTest {

    private static final Path SAMPLES = Path.of("src/test/resources/dev/countersign/server/transfer");
    private static final long[] NUMBERS = {1, 2, 3, 4, 7, 9};
    private final Instant before = Instant.now().minus(Duration.ofHours(1));
    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path folder;

    private final OldTokens old = OldTokens.ofDevise();

    @ParameterizedTest
    @CsvSource({
        "devise.csv, -, ada@example.com, long@example.com, -, by-google@example.com, -",
        "django.csv, -, -, -, -, ada@example.com, long@example.com",
        "laravel.csv, ada@example.com, grace@example.com, -, -, -, -",
        "laravel.jsonl, ada@example.com, grace@example.com, -, -, -, -",
        "wordpress.jsonl, ada@example.com, grace@example.com, -, -, -, \"email\":null"
    })
    void after_a_recipe_an_old_number_reaches_the_user_who_had_it_and_nobody_else(
            String file, String one, String two, String three, String four, String seven, String nine)
            throws Exception {
        String page = Files.readString(Path.of("..", "docs", "import.md"));
        int start = page.indexOf("user import " + file);
        String command = page.substring(start, page.indexOf('\n', start));
        run(List.of(command.replace(file, SAMPLES.resolve(file).toString()).split(" ")), List.of());
        String[] reached = {one, two, three, four, seven, nine};
        try (RunningServer server = shop("name: smarterselect", "", List.of())) {
            for (int i = 0; i < NUMBERS.length; i++) {
                var answer = server.requests().get("/api/v1/me", "Bearer " + old.of(NUMBERS[i]));
                assertThat(answer.statusCode())
                        .as("%s %s", NUMBERS[i], answer.body())
                        .isEqualTo(reached[i].equals("-") ? 401 : 200);
                assertThat(answer.body()).contains(reached[i].equals("-") ? "error" : reached[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_user_who_got_another_number_or_was_given_one_here_is_reached_by_no_old_token(String vendor)
            throws Exception {
        List<String> where = where(vendor);
        imported("external_id,email\n2,ada@example.com\n3,bob@example.com\n", where);
        imported("email\neve@example.com\n", where);
        try (RunningServer server = shop("name: smarterselect", "", where)) {
            server.requests().register("/rw", "here@example.com", "here", GOOD);
            for (long number : NUMBERS) {
                assertThat(me(server, "/api/v1/me", old.of(number)))
                        .as("%s", number)
                        .isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_number_of_another_system_is_not_that_of_this_one(String vendor) throws Exception {
        List<String> where = where(vendor);
        imported("id,email\n2,ada@example.com\n", where, "--system=shop");
        imported("id,email\n3,bob@example.com\n", where, "--system=forum");
        imported("id,email\n4,eve@example.com\n", where);
        try (RunningServer server = shop("name: smarterselect", "shop", where)) {
            assertThat(me(server, "/api/v1/me", old.of(2))).isEqualTo(200);
            assertThat(me(server, "/api/v1/me", old.of(3))).isEqualTo(401);
            assertThat(me(server, "/api/v1/me", old.of(4))).isEqualTo(401);
        }
    }

    @Test
    void an_old_uuid_reaches_the_user_who_was_imported_with_it_only() throws Exception {
        UUID ada = UUID.randomUUID();
        imported("uuid,email\n" + ada + ",ada@example.com\n", List.of());
        imported("external_id,email\n17,bob@example.com\n", List.of());
        TestUsers.add(data(), "here@example.com", GOOD);
        List<String> others = CommandRun.of("user", "export", "--data=" + data())
                .out()
                .lines()
                .map(line -> line.replaceFirst(".*\"uuid\":\"([^\"]+)\".*", "$1"))
                .filter(uuid -> !uuid.equals(ada.toString()))
                .toList();
        try (RunningServer server = shop(subject("${user.uuid}"), "", List.of())) {
            assertThat(me(server, "/api/user", old.naming("sub", ada.toString(), before)))
                    .isEqualTo(200);
            assertThat(others).hasSize(2).doesNotHaveDuplicates();
            for (String other : others) {
                assertThat(me(server, "/api/user", old.naming("sub", other, before)))
                        .isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"email, ada@example.com", "username, ada"})
    void an_old_name_holds_only_if_the_import_says_that_names_were_kept(String field, String name) throws Exception {
        String row = "id,email,username,password\n7,ada@example.com,ada," + GOOD + "\n";
        imported(row, List.of());
        String token = old.naming("sub", name, before);
        try (RunningServer server = shop(subject("${user." + field + "}"), "", List.of())) {
            assertThat(me(server, "/api/user", token)).isEqualTo(401);
            imported("id,email,username\n7,ada@example.com,ada\n", List.of(), "--update", "--identifiers-kept");
            assertThat(me(server, "/api/user", token)).isEqualTo(200);

            var login = server.requests()
                    .post(
                            "/api/users/login",
                            "{\"user\":{\"email\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}}");
            var changed = server.requests()
                    .put(
                            "/api/user",
                            "Token " + Requests.text(login, "/user/token"),
                            "{\"user\":{\"email\":\"own@example.com\",\"username\":\"own\"}}");
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            assertThat(me(server, "/api/user", token)).isEqualTo(401);
            assertThat(server.requests()
                            .register("", "ada@example.com", "ada", GOOD)
                            .statusCode())
                    .isEqualTo(201);
            assertThat(me(server, "/api/user", token)).isEqualTo(401);
        }
    }

    @Test
    void a_start_with_an_old_secret_warns_if_no_user_came_from_that_system() throws Exception {
        String words =
                "smarterselect has a key of the old system, but none of the first thousand users is known to have kept the number";
        imported("external_id,email\n2,ada@example.com\n", List.of());
        TestUsers.add(data(), "here@example.com", GOOD);
        assertThat(warnings("")).contains(words, "docs/replacing-a-server.md").hasLineCount(1);
        imported("id,email\n20,bob@example.com\n", List.of(), "--system=shop");
        assertThat(warnings("")).contains(words);
        assertThat(warnings("shop")).isEmpty();
        assertThat(warnings("shopp")).contains("has a key of the old system shopp, but none");
    }

    private String warnings(String system) throws Exception {
        Path config = config("name: smarterselect", system);
        try (ChildServer server =
                ChildServer.launch(data(), Map.of("OLD", old.secret()), "--config", config.toString())) {
            assertThat(server.ready().address()).startsWith("http");
            return server.errors();
        }
    }

    /** A dialect that names its users by something else. */
    private String subject(String slot) throws Exception {
        String shown = CommandRun.of("dialect", "show", "realworld").out();
        assertThat(shown).contains("sub: \"${user.uuid}\"");
        Path file = Files.writeString(folder.resolve("mine.yaml"), shown.replace("${user.uuid}", slot));
        return "file: '" + file + "'";
    }

    private RunningServer shop(String dialect, String system, List<String> where) throws Exception {
        List<String> flags = new ArrayList<>(where);
        flags.add("--config=" + config(dialect, system));
        return RunningServer.start(data(), Map.of("OLD", old.secret()), flags.toArray(String[]::new));
    }

    private Path config(String dialect, String system) throws Exception {
        String name = system.isEmpty() ? "" : ", system: " + system;
        return Files.writeString(
                folder.resolve("config.yaml"),
                "port: 0\ndialects:\n  - {" + dialect + ", old_secret: {variable: OLD" + name
                        + "}}\n  - {name: realworld, prefix: /rw}\n");
    }

    private void imported(String rows, List<String> where, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("users.csv"), rows);
        List<String> command = new ArrayList<>(List.of("user", "import", file.toString()));
        command.addAll(List.of(options));
        run(command, where);
    }

    private void run(List<String> command, List<String> where) {
        List<String> all = new ArrayList<>(command);
        all.addAll(where);
        all.addAll(List.of("--data=" + data(), "--bcrypt-cost=10", "--rejects=" + folder.resolve("rejects")));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    private static List<String> where(String vendor) {
        return vendor.equals("postgresql") ? List.of("--database=" + Postgres.freshDatabase()) : List.of();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static int me(RunningServer server, String path, String token) {
        String scheme = path.equals("/api/user") ? "Token " : "Bearer ";
        return server.requests().get(path, scheme + token).statusCode();
    }
}
