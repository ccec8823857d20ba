package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.SqliteUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export and the rejects of an import replace, and what they leave alone. */
class TransferFilesTest {

    private static final String ADA = "{\"email\":\"ada@example.com\"}\n";

    @TempDir
    Path folder;

    private CommandRun command(String verb, Path file, String... more) {
        Path data = folder.resolve("data");
        List<String> first = List.of("user", verb, file.toString(), "--data", data.toString(), "--format", "jsonl");
        return CommandRun.withInput(
                "", Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private Path input(String rows) throws IOException {
        return Files.writeString(folder.resolve("users.jsonl"), rows);
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Something that is no regular file. */
    private Path special(String kind) throws Exception {
        Path target = folder.resolve("target");
        switch (kind) {
            case "folder" -> Files.createDirectory(target);
            case "link" ->
                Files.createSymbolicLink(target, Files.writeString(folder.resolve("elsewhere"), "of others"));
            case "dangling" -> Files.createSymbolicLink(target, folder.resolve("nowhere"));
            default -> {
                int made =
                        new ProcessBuilder("mkfifo", target.toString()).start().waitFor();
                assertThat(made).isZero();
            }
        }
        return target;
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "link", "dangling", "pipe"})
    void an_export_leaves_alone_what_is_no_regular_file(String kind) throws Exception {
        Path target = special(kind);
        Object before = key(target);
        CommandRun.of("db", "migrate", "--data", folder.resolve("data").toString());

        CommandRun run = command("export", target);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("not a regular file");
        assertThat(key(target)).isEqualTo(before);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "link", "dangling", "pipe"})
    void rejects_leave_alone_what_is_no_regular_file_and_nothing_is_imported(String kind) throws Exception {
        Path target = special(kind);
        Object before = key(target);

        CommandRun run = command("import", input(ADA + "{}\n"), "--rejects", target.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("added 0,");
        assertThat(run.err()).contains("the rejects cannot go to " + target + ": it is not a regular file");
        assertThat(key(target)).isEqualTo(before);
        assertThat(command("export", Path.of("-")).out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rejects_never_replace_the_file_itself_whatever_its_name(boolean symbolic) throws Exception {
        Path input = input(ADA + "{}\n");
        Path other = folder.resolve("other.jsonl");
        if (symbolic) {
            Files.createSymbolicLink(other, input);
        } else {
            Files.createLink(other, input);
        }

        CommandRun run = command("import", input, "--rejects", other.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--rejects names the file to import itself");
        assertThat(input).hasContent(ADA + "{}\n");
        assertThat(command("import", other, "--rejects", input.toString()).code())
                .isEqualTo(2);
        assertThat(input).hasContent(ADA + "{}\n");
    }

    @Test
    void a_whole_export_replaces_the_former_one_and_only_its_owner_can_read_it() throws Exception {
        command("import", input(ADA));
        Path backup = Files.writeString(folder.resolve("backup"), "former");
        Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(command("export", backup).code()).isZero();

        assertThat(Files.readString(backup)).contains("ada@example.com");
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertNothingLeft();
    }

    @Test
    void an_export_that_fails_leaves_the_former_one_as_it_was() throws Exception {
        command("import", input(ADA));
        Path backup = Files.writeString(folder.resolve("backup"), "former");
        try (var connection =
                DriverManager.getConnection(SqliteUrl.of(folder.resolve("data").resolve("auth.db")))) {
            connection.createStatement().execute("UPDATE auth_users SET attributes = 'broken'");
        }

        CommandRun run = command("export", backup);

        assertThat(run.code()).isEqualTo(1);
        assertThat(backup).hasContent("former");
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".draft"));
        }
    }
}
