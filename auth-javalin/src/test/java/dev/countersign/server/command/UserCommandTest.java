package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.Requests;
import dev.countersign.server.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about users, beside a running server. */
@Tag("slow")
final class UserCommandTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Requests requests;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, "--dialects=standard,smarterselect,testpress,realworld@/rw");
        requests = server.requests();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void deleteAll() {
        user("list")
                .out()
                .lines()
                .skip(1)
                .forEach(line -> user("delete", "id:" + line.substring(0, line.indexOf('\t'))));
    }

    @Test
    void a_user_added_while_the_server_runs_can_log_in_at_once() {
        CommandRun added = add(GOOD, "--email", "Ada@example.com", "--username", "ada");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).matches("added user [0-9]+ \\([0-9a-f-]{36}\\)\n");
        assertThat(added.err()).isEmpty();
        assertThat(requests.login("ada@EXAMPLE.com", GOOD).statusCode()).isEqualTo(200);
        assertThat(requests.login("ADA", GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void a_password_may_have_any_letters_and_ends_with_the_line() {
        assertThat(add("grüße, 世界 🌍 und mehr\r\nnot this", "--username", "ada").code())
                .isZero();
        assertThat(requests.login("ada", "grüße, 世界 🌍 und mehr").statusCode()).isEqualTo(200);
        assertThat(add(" spaces at both ends ", "--username", "bob").code()).isZero();
        assertThat(requests.login("bob", " spaces at both ends ").statusCode()).isEqualTo(200);
        assertThat(requests.login("bob", "spaces at both ends").statusCode()).isEqualTo(401);
    }

    @Test
    void attributes_nest_and_keep_their_type() {
        CommandRun added = add(
                GOOD,
                "--email",
                "han@example.com",
                "--set",
                "first_name=Han",
                "--set",
                "can_receive_sms=true",
                "--set",
                "phone=\"17\"",
                "--set",
                "organization_name=a=b=c",
                "--set",
                "address.city=Paris",
                "--set",
                "address.zip=[1,2]");
        assertThat(added.code()).as(added.err()).isZero();
        String body = requests.post(
                        "/api/v1/login", "{\"user\":{\"email\":\"han@example.com\",\"password\":\"" + GOOD + "\"}}")
                .body();
        assertThat(body)
                .contains("\"first-name\":\"Han\"")
                .contains("\"can-receive-sms\":true")
                .contains("\"phone\":\"17\"")
                .contains("\"organization-name\":\"a=b=c\"");
    }

    @Test
    void a_numeric_username_stays_a_number() {
        assertThat(add(GOOD, "--username", "20077", "--numeric-username").code())
                .isZero();
        String token = Requests.text(
                requests.post("/api/v2.2/auth-token/", "{\"username\":\"20077\",\"password\":\"" + GOOD + "\"}"),
                "/token");
        assertThat(requests.get("/api/v2.2/me/", "JWT " + token).body()).contains("\"username\":20077");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--email no-address          | " + GOOD + " | email: is not an e-mail address",
                "--username a@b              | " + GOOD + " | username: is empty, longer than",
                "--username ada              | short | password: needs at least 8 characters",
                "--username ada              | password1 | password: is one that many people use",
                "--username adalovelace      | adalovelace | password: is the user's own e-mail address, the part before its @, or username",
                "--username ada              | 0123456789012345678901234567890123456789012345678901234567890123456789-73"
                        + " | password: has more than 64 characters",
                "--username ada              | 🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎 | password: is longer than 72 bytes"
            })
    void what_cannot_be_a_user_is_refused_with_the_reason(String flags, String shown, String why) {
        CommandRun run = add(shown, flags.strip().split(" +"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(why).contains("nothing was changed").doesNotContain(shown + "\n");
        assertThat(user("list").out()).hasLineCount(1);
    }

    @Test
    void a_name_that_another_user_has_is_refused_whatever_its_letters() {
        add(GOOD, "--email", "ada@example.com", "--username", "ada");
        CommandRun twice = add(GOOD, "--email", "ADA@example.com", "--username", "Ada");
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("email: another user has it").contains("username: another user has it");
    }

    @Test
    void without_a_password_nothing_is_added() {
        CommandRun run = run("", List.of("add"), "--username", "ada");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no password");
        assertThat(add("", "--username", "ada").err()).contains("password: ");
        assertThat(user("list").out()).hasLineCount(1);
    }

    @Test
    void the_list_shows_every_user_and_no_hash() {
        String ada = number(add(GOOD, "--email", "ada@example.com"));
        String bob = number(add(GOOD, "--username", "bob"));
        user("disable", "bob");
        CommandRun list = user("list");
        assertThat(list.code()).isZero();
        assertThat(list.out().lines().map(line -> line.substring(0, line.indexOf('\t'))))
                .containsExactly("ID", ada, bob);
        assertThat(list.out())
                .containsPattern(ada + "\tada@example.com\t-\tactive\t20[0-9T:-]+Z\t-\t")
                .contains(bob + "\t-\tbob\tdisabled\t")
                .doesNotContain("$2");
    }

    @Test
    void a_disabled_user_cannot_log_in_and_their_token_is_refused_at_once_until_enabled() {
        add(GOOD, "--username", "ada");
        String token = requests.token("ada", GOOD);
        assertThat(requests.me(token).statusCode()).isEqualTo(200);
        assertThat(user("disable", "ada").code()).isZero();
        assertThat(requests.me(token).statusCode()).isEqualTo(401);
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(401);
        assertThat(user("enable", "ada").code()).isZero();
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void a_new_password_ends_all_tokens_also_of_a_dialect_that_spares_the_session_of_the_change()
            throws InterruptedException {
        add(GOOD, "--email", "ada@example.com", "--username", "ada");
        String ended = requests.token("ada", GOOD);
        String spared = Requests.text(
                requests.post(
                        "/rw/api/users/login",
                        "{\"user\":{\"email\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}}"),
                "/user/token");
        // Tokens tell the time in seconds: one of the second of the change is as good as new.
        Thread.sleep(1100);
        CommandRun changed = run("another long password\n", List.of("set-password"), "ada");
        assertThat(changed.code()).as(changed.err()).isZero();
        assertThat(requests.me(ended).statusCode()).isEqualTo(401);
        assertThat(requests.get("/rw/api/user", "Token " + spared).statusCode()).isEqualTo(401);
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(401);
        assertThat(requests.me(requests.token("ada", "another long password")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_new_password_follows_the_same_rules() {
        add(GOOD, "--username", "ada");
        assertThat(run("short\n", List.of("set-password"), "ada").err()).contains("needs at least 8 characters");
        assertThat(run("", List.of("set-password"), "ada").code()).isEqualTo(1);
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void a_deleted_user_is_gone_with_their_tokens_and_the_number_is_not_given_again() {
        String number = number(add(GOOD, "--username", "ada"));
        String token = requests.token("ada", GOOD);
        assertThat(user("delete", "id:" + number).out()).isEqualTo("deleted user " + number + "\n");
        assertThat(requests.me(token).statusCode()).isEqualTo(401);
        assertThat(requests.login("ada", GOOD).statusCode()).isEqualTo(401);
        assertThat(user("delete", "id:" + number).code()).isEqualTo(1);
        assertThat(number(add(GOOD, "--username", "ada"))).isNotEqualTo(number);
    }

    @Test
    void a_user_who_is_not_there_is_told() {
        for (String command : List.of("disable", "enable", "set-password", "delete")) {
            for (String name : List.of("nobody", "no@example.com", "id:777777", "id:0", "id:x", " ", "")) {
                CommandRun run = run(GOOD + "\n", List.of(command), name);
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.err()).contains("there is no user " + name).hasLineCount(1);
            }
        }
    }

    @Test
    void other_keys_than_names_are_written_with_what_they_are() {
        assertThat(user("disable", "8").err()).contains("there is no user 8", "write id:8");
        assertThat(user("disable", "uuid:zz").err()).contains("there is no user uuid:zz", "a UUID uuid:");
    }

    private CommandRun add(String shown, String... flags) {
        return run(shown + "\n", List.of("add"), flags);
    }

    private static String number(CommandRun added) {
        return added.out().replaceAll("added user ([0-9]+) [^\n]*\n", "$1");
    }

    private CommandRun user(String... arguments) {
        return run("", List.of(), arguments);
    }

    private CommandRun run(String input, List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("user"));
        all.addAll(command);
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString(), "--bcrypt-cost", "10"));
        return CommandRun.withInput(input, all.toArray(String[]::new));
    }
}
