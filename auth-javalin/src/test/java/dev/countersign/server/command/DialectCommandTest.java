package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.file.ShippedDialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DialectCommandTest {

    @TempDir
    private Path folder;

    @Test
    void the_list_has_every_shipped_dialect_with_its_title() {
        CommandRun run = CommandRun.of("dialect", "list");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).hasSameSizeAs(ShippedDialects.names());
        for (String name : ShippedDialects.names()) {
            assertThat(run.out()).containsPattern("(?m)^" + name + " +[A-Z]");
        }
        assertThat(run.out()).containsPattern("(?m)^realworld .*\\[not mounted by default]$");
    }

    @Test
    void what_show_prints_can_be_kept_in_a_file_and_checked_and_is_the_same_dialect() throws IOException {
        for (String name : ShippedDialects.names()) {
            CommandRun shown = CommandRun.of("dialect", "show", name);
            Path file = Files.writeString(folder.resolve(name + ".yaml"), shown.out());
            assertThat(shown.out()).isEqualTo(ShippedDialects.text(name));
            CommandRun checked = CommandRun.of("dialect", "check", file.toString());
            assertThat(checked.code()).as(checked.err()).isZero();
            assertThat(checked.out()).startsWith(file + ": the dialect " + name + " is complete");
            assertThat(checked.out().lines()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void an_unknown_dialect_is_told_with_the_nearest_one() {
        CommandRun run = CommandRun.of("dialect", "show", "realword");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("realworld");
    }

    @Test
    void a_wrong_file_is_refused_with_every_problem_and_its_line() throws IOException {
        Path file = Files.writeString(
                folder.resolve("wrong.yaml"),
                ShippedDialects.text("payop").replace("lifetime:", "lifetim:").replace("status: 404", "status: 40"));
        CommandRun run = CommandRun.of("dialect", "check", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("did you mean lifetime?")
                .contains("/errors/bad_credentials/status")
                .containsPattern("wrong\\.yaml:[1-9]");
    }

    @Test
    void warnings_are_printed_apart_and_the_check_succeeds() throws IOException {
        Path file = Files.writeString(folder.resolve("realworld.yaml"), ShippedDialects.text("realworld"));
        CommandRun run = CommandRun.of("dialect", "check", file.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith(file + ": the dialect realworld is complete")
                .doesNotContain("warning");
        assertThat(run.err().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("warning: " + file + ":"))
                .first()
                .asString()
                .contains("/token/revocation: a stolen token with which the password is changed stays valid");
    }

    @Test
    void a_route_that_no_server_can_mount_is_refused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("own.yaml"),
                ShippedDialects.text("payop").replace("GET /v1/users/me", "GET /users/:id"));
        CommandRun run = CommandRun.of("dialect", "check", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("/operations/me/routes/0: the path /users/:id; a path parameter of me: {user.id},"
                        + " {user.uuid}; there is no :id")
                .hasLineCount(1);
    }

    @Test
    void a_file_that_is_not_there_or_no_text_is_refused() throws IOException {
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        for (Path file : new Path[] {folder.resolve("none.yaml"), folder, bytes}) {
            CommandRun run = CommandRun.of("dialect", "check", file.toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains(file.toString()).hasLineCount(1);
        }
    }
}
