package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.Requests;
import dev.countersign.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code user show}, {@code user find} and {@code user set}, beside a running server. */
@Tag("slow")
final class UserAdminTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Requests requests;

    private String ada;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, "--dialects=standard,testpress");
        requests = server.requests();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void users() {
        user("list")
                .out()
                .lines()
                .skip(1)
                .forEach(line -> user("delete", "id:" + line.substring(0, line.indexOf('\t'))));
        ada = add("--email", "Ada@example.com", "--username", "ada", "--set", "roles=[\"admin\"]");
        add("--username", "bob_100%");
        add("--email", "straße@example.org");
    }

    private String add(String... flags) {
        CommandRun run = run(GOOD + "\n", "add", flags);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out().replaceAll("added user ([0-9]+) [^\n]*\n", "$1");
    }

    private static CommandRun user(String command, String... arguments) {
        return run("", command, arguments);
    }

    private static CommandRun run(String input, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("user", command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString(), "--bcrypt-cost", "10", "--dialects", "standard,testpress"));
        return CommandRun.withInput(input, all.toArray(String[]::new));
    }

    @Test
    void show_tells_everything_but_the_hash() throws Exception {
        requests.token("ada", GOOD);
        requests.token("ada", GOOD);
        for (String name : List.of("ADA", "ada@example.com", "id:" + ada)) {
            CommandRun show = user("show", name);
            assertThat(show.code()).as(show.err()).isZero();
            assertThat(show.out())
                    .containsPattern("(?m)^id +" + ada + "$")
                    .containsPattern("(?m)^email +Ada@example\\.com$")
                    .containsPattern("(?m)^status +active$")
                    .containsPattern("(?m)^password +bcrypt.*10")
                    .containsPattern("(?m)^sessions +2$")
                    .containsPattern("(?m)^last_login_at +20")
                    .contains("{\"roles\":[\"admin\"]}")
                    .doesNotContain("$2b$", "$2a$");
        }
        CommandRun json = user("show", "ada", "--json");
        assertThat(JsonPointer.parse("/attributes/roles/0")
                        .in(JsonText.read(json.out().strip())))
                .hasToString("Optional[admin]");
        String uuid = JsonPointer.parse("/uuid")
                .in(JsonText.read(json.out().strip()))
                .orElseThrow()
                .toString();
        assertThat(user("show", "uuid:" + uuid).out()).contains("Ada@example.com");
        CommandRun nobody = user("show", "nobody");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).startsWith("there is no user nobody").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "EXAMPLE, 2",
        "ada@, 1",
        "STRASSE, 1",
        "b_1, 1",
        "_, 1",
        "%, 1",
        "example.com, 1",
        "ADA, 1",
    })
    void find_looks_for_parts_of_names_in_any_case(String text, int users) {
        CommandRun find = user("find", text);
        assertThat(find.code()).as(find.err()).isZero();
        assertThat(find.out().lines().findFirst()).hasValue(UserListCommand.HEADING);
        assertThat(find.out()).hasLineCount(users + 1);
    }

    @Test
    void find_knows_numbers_uuids_and_external_ids() throws Exception {
        Path file = data.resolve("users.jsonl");
        Files.writeString(file, "{\"external_id\":\"64f0c0\",\"username\":\"eve\",\"password_hash\":null}\n");
        CommandRun imported = run("", "import", file.toString());
        assertThat(imported.code()).as(imported.err() + imported.out()).isZero();
        assertThat(user("find", ada).out()).contains("Ada@example.com");
        assertThat(user("find", "64f0c0").out()).contains("\teve\t").hasLineCount(2);
        String uuid = user("find", "eve").out().strip().replaceAll("(?s).*\t", "");
        assertThat(user("find", uuid).out()).contains("\teve\t").hasLineCount(2);
    }

    @Test
    void find_is_bounded_and_says_when_nobody_is_there() {
        CommandRun one = user("find", "e", "--limit", "1", "--json");
        assertThat(one.out()).startsWith("{\"id\":").hasLineCount(1);
        assertThat(one.err()).contains("there are more users with it");
        CommandRun none = user("find", "nobody at all");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).isEqualTo("there is no user with nobody at all\n");
        assertThat(user("find", "e", "--limit", "0").code()).isEqualTo(2);
        assertThat(user("find", " ").code()).isEqualTo(2);
    }

    @Test
    void set_changes_all_given_fields_together() {
        CommandRun set = user(
                "set",
                "ada",
                "email=lovelace@example.com",
                "username=lovelace",
                "verified=true",
                "roles=[\"admin\",\"ops\"]",
                "address.city=Paris",
                "attributes.email=free@example.com");
        assertThat(set.code()).as(set.err()).isZero();
        assertThat(set.out()).isEqualTo("changed user " + ada + "\n");
        assertThat(user("show", "lovelace").out())
                .contains("lovelace@example.com", "\"verified\":true", "[\"admin\",\"ops\"]", "{\"city\":\"Paris\"}")
                .contains("\"email\":\"free@example.com\"");
        assertThat(requests.login("lovelace@example.com", GOOD).statusCode()).isEqualTo(200);
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(401);
    }

    @Test
    void set_can_disable_which_ends_sessions() {
        String token = requests.token("ada", GOOD);
        assertThat(user("set", "ada", "status=disabled", "reason=left").code()).isZero();
        assertThat(requests.me(token).statusCode()).isEqualTo(401);
        assertThat(user("show", "ada").out())
                .containsPattern("(?m)^sessions +0$")
                .contains("\"reason\":\"left\"");
        assertThat(user("set", "ada", "status=active").code()).isZero();
        assertThat(requests.me(token).statusCode()).isEqualTo(401);
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void set_makes_a_numeric_username() {
        assertThat(user("set", "ada", "username=20077", "--numeric-username").code())
                .isZero();
        assertThat(user("show", "20077", "--json").out()).contains("\"username\":20077");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email=no-address|email: is not an e-mail address",
                "username=BOB_100%|username: another user has it",
                "email=|email cannot be removed here",
                "username=a\u200bb|username: has",
            })
    void a_wrong_value_is_refused_and_nothing_of_the_others_is_changed(String field) {
        List<String> parts = Splitter.on('|').splitToList(field);
        String before = user("show", "id:" + ada).out();
        CommandRun set = user("set", "id:" + ada, "verified=true", parts.get(0), "status=disabled");
        assertThat(set.code()).isEqualTo(1);
        assertThat(set.err()).contains(parts.get(1), "nothing was changed");
        assertThat(user("show", "id:" + ada).out()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=x|run user set-password",
                "id=5|a user's number never changes",
                "status=gone|status is active or disabled",
                "=x|not FIELD=VALUE",
                "verified|not FIELD=VALUE",
                "a..b=1|an empty part",
            })
    void what_is_no_field_is_a_usage_error(String field) {
        List<String> parts = Splitter.on('|').splitToList(field);
        CommandRun set = user("set", "ada", "verified=true", parts.get(0));
        assertThat(set.code()).isEqualTo(2);
        assertThat(set.err()).contains(parts.get(1));
        assertThat(user("show", "ada").out()).doesNotContain("verified");
        assertThat(user("set", "ada").code()).isEqualTo(2);
        assertThat(user("set", "ada", "a=1", "a=2").err()).contains("a is given twice");
    }
}
