package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class UsageErrorsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1 | auth-server serve has no flag --prot; did you mean --port? (see auth-server serve --help)",
                "user list --dtaa x | auth-server user list has no flag --dtaa; did you mean --data?",
                "user list --demo-for-everybody | has no flag --demo-for-everybody; auth-server serve has it",
                "user add --emial=a@example.com | auth-server user add has no flag --emial; did you mean --email?",
                "srve | auth-server has no command srve; did you mean serve?",
                "user ad | auth-server user has no command ad; did you mean add?",
                "db quux | auth-server db has no command quux; there are backup, check, migrate, status",
                "--data x user list | the command comes first and its flags after it: auth-server user list (see auth-server user list --help)",
                "help nothing | auth-server has no command nothing; there are ",
                "help user nothing | auth-server user has no command nothing; ",
                "calibrate --config x.yaml | auth-server calibrate reads no settings; leave out --config",
                "calibrate --data x | auth-server calibrate reads no settings; leave out --data",
                "serve extra | auth-server serve takes fewer arguments",
                "--port | --port needs a value, N",
                "user delete | give a USER or --demo",
                "user delete ada --demo | give a USER or --demo",
                "dialect show | NAME is missing",
                "--port 1 --port 2 | --port is given twice",
                "user export --format jsnl | --format is jsnl; did you mean jsonl?",
                "user import x.csv --format xml | --format is xml; "
            })
    void what_is_wrong_is_one_line_with_what_was_meant(String line, String said) {
        CommandRun run = CommandRun.of(line.strip().split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(said.strip()).contains(" --help)").hasLineCount(1);
    }

    @Test
    void an_argument_too_many_is_not_repeated_for_it_may_be_a_password() {
        assertThat(CommandRun.of("user", "set-password", "ada", "sesame").err())
                .doesNotContain("sesame")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "help | Usage: auth-server [-hV] COMMAND",
                "help serve | --demo",
                "help user add | --numeric-username",
                "user help | Usage: auth-server user",
                "user help add | --numeric-username",
                "db help | migrate",
                "version | auth-server ",
                "--help | auth-server serve --help",
                "--help | --port 9090 --demo"
            })
    void help_and_version_are_words_too_and_say_where_the_rest_is(String line, String said) {
        CommandRun run = CommandRun.of(line.strip().split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains(said.strip());
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--config NONE",
                "--config FOLDER",
                "user list --database jdbc:postgresql://127.0.0.1:1/x --database-password-file NONE",
                "user list --database jdbc:postgresql://127.0.0.1:1/x --database-password-file FOLDER",
                "user export FOLDER --format csv",
                "user export NONE/copy.csv",
                "user import NONE.csv",
                "user import FOLDER --format csv",
                "user import users.csv --rejects FOLDER",
                "dialect check NONE",
                "dialect check FOLDER",
                "serve --port 0 --config KEY"
            })
    void no_message_about_a_file_has_the_name_of_a_class_or_nothing_but_the_path(String line) throws IOException {
        Path data = folder.resolve("data");
        Files.writeString(
                folder.resolve("key.yaml"),
                "data: data\ndialects:\n  - {name: payop, signing_key: {file: none.key}}\n");
        CommandRun.withInput(
                "a long password of mine\n", "user", "add", "--username", "ada", "--data", data.toString());
        String words = line.replace("NONE", folder.resolve("none").toString())
                .replace("FOLDER", folder.toString())
                .replace("KEY", folder.resolve("key.yaml").toString());
        boolean hasData = !line.startsWith("dialect") && !line.endsWith("KEY");
        CommandRun run = CommandRun.of((words + (hasData ? " --data " + data : "")).split(" "));
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err())
                .contains(": ")
                .doesNotContain("Exception", "java.", "\tat ")
                .doesNotContainPattern(": " + folder + "[^ ]*\n");
    }
}
