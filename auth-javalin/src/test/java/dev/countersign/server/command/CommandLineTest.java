package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "serve --help",
                "user --help",
                "user add -h",
                "user delete -h",
                "db migrate -h",
                "dialect -h"
            })
    void help_is_done_and_goes_to_standard_output(String line) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: auth-server");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void help_names_every_setting_with_its_variable() {
        assertThat(CommandRun.of("serve", "--help").out())
                .contains("--port", "[AUTH_PORT]", "--config", "[AUTH_CONFIG]", "--demo", "PUBLISHED");
        assertThat(CommandRun.of("--help").out())
                .contains("serve", "user", "dialect")
                .doesNotContain("warm-up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "serve --version", "user list --version"})
    void the_version_is_printed(String line) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("auth-server ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srve",
                "user",
                "dialect",
                "db",
                "db stats",
                "db status extra",
                "db status --database-password x",
                "user ad",
                "--prot 1",
                "serve --prot 1",
                "--port",
                "user add",
                "user add --email",
                "user add --email a@example.com --password secret",
                "user set-password a secret",
                "user delete",
                "user add --username a --set x",
                "user add --username a --set =x",
                "user add --username a12 --numeric-username",
                "user add --username 012 --numeric-username",
                "user add --email a@example.com --numeric-username",
                "dialect show",
                "dialect check",
                "serve extra"
            })
    void what_is_no_command_is_told_and_ends_with_2(String line) {
        CommandRun run = CommandRun.withInput("a long password of mine\n", line.split(" "));
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void an_unknown_flag_or_command_is_told_with_the_nearest_one() {
        assertThat(CommandRun.of("--prot", "1").err()).contains("--prot").contains("--port");
        assertThat(CommandRun.of("usr", "list").err()).contains("usr").contains("user");
        assertThat(CommandRun.of("user", "set-pasword", "x").err()).contains("set-password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db status --database-password=sesame",
                "--database-password sesame",
                "user add --email a@example.com --password sesame"
            })
    void a_password_that_is_given_as_an_argument_is_refused_and_not_repeated(String line) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no flag takes a password").doesNotContain("sesame");
    }

    @Test
    void a_refused_setting_ends_with_1_and_starts_nothing() {
        CommandRun run = CommandRun.with(
                Map.of("AUTH_PROT", "1"),
                "",
                "--port",
                "http",
                "--data",
                data.resolve("d").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("--port: port is http; a number from 0 to 65535")
                .contains("unknown variable AUTH_PROT; did you mean AUTH_PORT?")
                .hasLineCount(2);
        assertThat(data.resolve("d")).doesNotExist();
    }

    @Test
    void a_port_that_is_taken_ends_with_1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = serve("--port", String.valueOf(taken.getLocalPort()));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("--port")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1"})
    void an_address_of_another_machine_ends_with_1(String host) {
        CommandRun run = serve("--port", "0", "--host", host);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("cannot listen on " + host).hasLineCount(1);
    }

    @Test
    void a_data_folder_that_cannot_be_used_ends_with_1() throws IOException {
        Path file = Files.createFile(data.resolve("file"));
        for (Path unusable : new Path[] {file, file.resolve("below"), data.resolve("what?")}) {
            CommandRun run = CommandRun.of("--port", "0", "--data", unusable.toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the data folder " + unusable + " cannot be used")
                    .hasLineCount(1);
        }
    }

    @Test
    void a_file_that_is_no_database_ends_with_1() throws IOException {
        Files.writeString(data.resolve("auth.db"), "this is a letter and no database ".repeat(100));
        CommandRun run = serve("--port", "0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("database").doesNotContain("\tat ");
    }

    @Test
    void what_dialects_cannot_do_ends_with_1() {
        assertRefused("standrd", "did you mean standard?");
        assertRefused("analogue,realworld", "/api/users/login");
        assertRefused("payop@v1", "a prefix is empty or like /v1");
        assertRefused("payop,payop", "two dialects named payop have");
    }

    private void assertRefused(String dialects, String why) {
        CommandRun run = serve("--port", "0", "--dialects", dialects);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(why).doesNotContain("\tat ");
    }

    private CommandRun serve(String... flags) {
        String[] all = new String[flags.length + 2];
        System.arraycopy(flags, 0, all, 2, flags.length);
        all[0] = "--data";
        all[1] = data.toString();
        return CommandRun.of(all);
    }
}
