package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.command.CommandRun;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users with published passwords outlive the demonstration. */
@Tag("slow")
class DemoTest {

    private static final String PUBLISHED = "correct horse battery";

    @TempDir
    private Path data;

    private ChildServer start(String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", "0", "--dialects", "standard"));
        all.addAll(List.of(flags));
        return ChildServer.start(data, all.toArray(String[]::new));
    }

    private String command(String input, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data.toString(), "--bcrypt-cost", "10"));
        CommandRun run = CommandRun.withInput(input, all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void a_demonstration_that_others_can_reach_is_refused_before_anything_is_made(String host) throws Exception {
        Path fresh = data.resolve("fresh");
        try (ChildServer server = ChildServer.start(fresh, "--port", "0", "--demo", "--host", host)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors())
                    .contains("everybody knows", "others can reach " + host, "--demo-for-everybody")
                    .hasLineCount(1);
        }
        assertThat(fresh).doesNotExist();
    }

    @Test
    void each_later_start_warns_and_refuses_others_until_the_users_are_gone() throws Exception {
        try (ChildServer server = start("--demo")) {
            assertThat(server.errors()).isEmpty();
        }
        for (int i = 0; i < 2; i++) {
            try (ChildServer server = start()) {
                assertThat(server.errors())
                        .contains("EVERYBODY KNOWS", "auth-server user delete --demo")
                        .hasLineCount(1);
                assertThat(new Requests(server.address())
                                .login("ada", PUBLISHED)
                                .statusCode())
                        .isEqualTo(200);
            }
        }
        try (ChildServer server = start("--host", "0.0.0.0")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors())
                    .contains("everybody knows", "user delete --demo")
                    .hasLineCount(1);
        }
        assertThat(command("", "user", "delete", "--demo").lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("deleted user "));
        assertThat(command("", "user", "delete", "--demo")).isEqualTo("there are no users of --demo\n");
        try (ChildServer server = start("--host", "0.0.0.0", "--trusted-proxies", "127.0.0.1")) {
            assertThat(server.errors()).isEmpty();
            assertThat(new Requests(server.address()).login("ada", PUBLISHED).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_user_whose_password_was_changed_stays_and_is_warned_of_no_more() throws Exception {
        start("--demo").close();
        command("a password nobody else has\n", "user", "set-password", "ada");
        assertThat(command("", "user", "delete", "--demo"))
                .contains("kept user 1 (ada@example.com), whose published password no longer works")
                .contains("deleted user 2 (han.solo@example.com)");
        try (ChildServer server = start("--host", "0.0.0.0", "--trusted-proxies", "127.0.0.1")) {
            assertThat(server.errors()).isEmpty();
            assertThat(new Requests(server.address())
                            .login("ada", "a password nobody else has")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_user_who_may_not_log_in_does_not_stop_a_start() throws Exception {
        start("--demo").close();
        for (String name : new String[] {"ada", "han", "analogue", "express", "testpress", "merchant"}) {
            command("", "user", "disable", name);
        }
        try (ChildServer server = start("--host", "0.0.0.0", "--trusted-proxies", "127.0.0.1")) {
            assertThat(server.address()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void others_are_served_only_with_a_flag_that_says_so() throws Exception {
        try (ChildServer server = start("--demo-for-everybody", "--host", "0.0.0.0")) {
            assertThat(server.errors()).contains("*** WARNING: others can reach this server", "EVERYBODY KNOWS");
            assertThat(String.join("\n", server.printed())).contains("DEMONSTRATION");
        }
        assertThatThrownBy(() -> RunningServer.start(data, "--host=0.0.0.0").close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("everybody knows");
    }
}
