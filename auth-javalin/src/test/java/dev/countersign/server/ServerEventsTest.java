package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server and its commands report, and how the command lists it. */
@Tag("slow")
class ServerEventsTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path data;

    private CommandRun run(String... words) {
        return CommandRun.of(Stream.concat(
                        Arrays.stream(words), Stream.of("--data=" + data, "--bcrypt-cost=10", "--dialects=standard"))
                .toArray(String[]::new));
    }

    private List<String> kinds(String... words) {
        CommandRun listed = run(
                Stream.concat(Stream.of("event", "list"), Arrays.stream(words)).toArray(String[]::new));
        assertThat(listed.code()).as(listed.err()).isZero();
        return listed.out().lines().skip(1).map(line -> line.split("\t", -1)[1]).collect(Collectors.toList());
    }

    @Test
    void logins_are_listed_while_the_server_runs_and_the_latest_first() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
        try (RunningServer server = RunningServer.start(data, "--dialects=standard")) {
            server.requests().login("ada@example.com", GOOD);
            server.requests().login("ada@example.com", "wrong");
            server.requests().login(GOOD, GOOD);
            for (int i = 0; i < 100 && kinds().size() < 4; i++) {
                Thread.sleep(100);
            }
            CommandRun listed = run("event", "list");
            assertThat(listed.out().lines().skip(1).map(line -> line.replaceFirst("^\\S+\t", "")))
                    .satisfiesExactly(
                            unknown -> assertThat(unknown)
                                    .matches(
                                            "login_refused\t-\tuser\t127.0.0.1\tstandard\treason=unknown_user\tJava-.*"),
                            wrong -> assertThat(wrong)
                                    .matches(
                                            "login_refused\t1\tuser\t127.0.0.1\tstandard\treason=wrong_password\tJava-.*"),
                            good -> assertThat(good)
                                    .matches(
                                            "login_succeeded\t1\tuser\t127.0.0.1\tstandard\tsession=[0-9a-f-]{36}\tJava-.*"),
                            added -> assertThat(added)
                                    .matches("registered\t1\toperator\t-\t-\t-\tauth-server, account .*"));
            assertThat(listed.out()).doesNotContain(GOOD);
            assertThat(kinds("--user=ada@example.com", "--kind=login_refused")).containsExactly("login_refused");
            assertThat(kinds("--since=1h", "--limit=2")).hasSize(2);
            assertThat(kinds("--until=1h")).isEmpty();
            assertThat(run("event", "list", "--json", "--kind=login_succeeded").out())
                    .matches(
                            "\\{\"time\":\"\\S+Z\",\"event\":\"login_succeeded\",\"user\":1,\"by\":\"user\",\"address\":\"127.0.0.1\","
                                    + "\"mount\":\"standard\",\"client\":\"Java-[^\"]*\",\"details\":\\{\"session\":\"[0-9a-f-]{36}\"}}\n");
        }
    }

    @Test
    void what_was_waiting_is_stored_when_the_server_stops() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
        try (RunningServer server = RunningServer.start(data, "--dialects=standard")) {
            server.requests().login("ada@example.com", GOOD);
        }
        assertThat(kinds()).containsExactly("login_succeeded", "registered");
    }

    @Test
    void commands_are_events_of_the_operator() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
        run("user", "disable", "ada@example.com");
        run("user", "enable", "ada@example.com");
        run("user", "export", data.resolve("users.jsonl").toString());
        run("user", "import", data.resolve("users.jsonl").toString());
        try (RunningServer server = RunningServer.start(data, "--dialects=standard")) {
            server.requests().login("ada@example.com", GOOD);
        }
        run("session", "end", "ada@example.com");
        run("key", "rotate", "standard", "--after=0s");
        run("key", "retire", "standard");
        run("user", "delete", "ada@example.com");
        assertThat(kinds())
                .containsExactly(
                        "user_deleted",
                        "keys_retired",
                        "key_added",
                        "sessions_ended",
                        "login_succeeded",
                        "users_imported",
                        "users_exported",
                        "user_enabled",
                        "user_disabled",
                        "registered");
        assertThat(kinds("--user=id:1", "--kind=user_deleted")).hasSize(1);
        CommandRun gone = run("event", "list", "--user=ada@example.com");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("there is no user ada@example.com", "id:NUMBER");
    }

    @Test
    void the_table_can_be_left_out() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
        try (RunningServer server = RunningServer.start(data, "--dialects=standard", "--events=none")) {
            server.requests().login("ada@example.com", GOOD);
        }
        assertThat(kinds()).containsExactly("registered");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --kind=login_refuse | did you mean login_refused?
            --kind=x | the kinds are login_succeeded, login_refused
            --since=yesterday | --since is yesterday: a time before now such as 2h or 7d, a day such as
            --until=2026-13-01 | --until is 2026-13-01
            --limit=0 | --limit is 0: a number from 1 to 10000
            --event-retention=0 | event_retention is 0; a time of at least 1h, such as 90d, or forever
            --event-retention=1m | a time of at least 1h
            --events=file | events is file
            """)
    void bad_words_are_refused_with_what_to_write(String word, String advice) throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
        CommandRun refused = run("event", "list", word);
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains(advice).doesNotContain("Exception");
    }
}
