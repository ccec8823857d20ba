package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.BulkUserStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An import that cannot go on: what was read before is stored, and what has come of it is told. */
class BrokenImportTest {

    private static final String GOOD = "email,attributes.note\r\nada@example.com,\"two\nlines\"\r\n\r\n";
    private static final String AFTER = "\r\nlate@example.com,x\r\n";

    @TempDir
    Path folder;

    private CommandRun command(String verb, String file, String... more) {
        List<String> first =
                List.of("user", verb, file, "--data", folder.resolve("data").toString());
        String[] arguments = new String[first.size() + more.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i < first.size() ? first.get(i) : more[i - first.size()];
        }
        return CommandRun.withInput("", arguments);
    }

    private CommandRun imported(String name, String text) throws Exception {
        return command("import", Files.writeString(folder.resolve(name), text).toString());
    }

    private String exported() {
        return command("export", "-").out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"eve@example.com\" ,x", "eve@example.com,\"never closed", "eve@example.com,\""})
    void a_misplaced_quote_is_told_with_its_line_and_the_rows_before_are_in(String record) throws Exception {
        CommandRun run = imported("users.csv", GOOD + record + AFTER);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("added 1, updated 0, already there 0, rejected 0");
        assertThat(run.err())
                .contains("the record that begins on line 5 is not CSV: a quote is misplaced")
                .contains("stopped after 1 rows; correct this and run it again")
                .doesNotContain("eve@", "never closed\n");
        assertThat(exported()).contains("ada@example.com").doesNotContain("eve@", "late@");
    }

    @Test
    void a_record_that_is_too_long_is_told_with_its_line_and_the_rows_before_are_in() throws Exception {
        String cell = "x".repeat(3 << 20);

        CommandRun run = imported("users.csv", GOOD + "eve@example.com," + cell + "," + cell + AFTER);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("added 1,");
        assertThat(run.err()).contains("line 5", "longer than 4 MiB");
    }

    @Test
    void a_last_record_needs_no_line_break_and_a_byte_order_mark_is_skipped() throws Exception {
        CommandRun run = imported("users.csv", "\uFEFF\"email\",attributes.note\r\nada@example.com,\"x\"");

        assertThat(run.out()).startsWith("added 1,");
        assertThat(run.code()).isZero();
    }

    @Test
    void a_line_of_json_that_is_too_long_is_rejected_without_its_text_and_the_import_goes_on() throws Exception {
        CommandRun run = imported(
                "users.jsonl",
                "{\"email\":\"ada@example.com\"}\n{\"email\":\"" + "x".repeat(1 << 20)
                        + "\"}\n{\"email\":\"late@example.com\"}\n");

        assertThat(run.out()).startsWith("added 2, updated 0, already there 0, rejected 1");
        assertThat(folder.resolve("users.jsonl.rejects.jsonl"))
                .hasContent("{\"reject_line\":2,\"reject_reasons\":"
                        + "[\"row: it is longer than a mebibyte, and not repeated here\"]}\n");
    }

    @Test
    void a_database_that_fails_midway_leaves_whole_batches_and_the_tally_tells_them() throws Exception {
        CommandRun.of("db", "migrate", "--data", folder.resolve("data").toString());
        try (var connection =
                DriverManager.getConnection(SqliteUrl.of(folder.resolve("data").resolve("auth.db")))) {
            connection
                    .createStatement()
                    .execute("CREATE TRIGGER full BEFORE INSERT ON auth_users WHEN NEW.username = 'last'"
                            + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        }
        String rows = IntStream.range(0, BulkUserStore.LARGEST_BATCH)
                .mapToObj(i -> "{\"username\":\"user" + i + "\"}\n")
                .collect(Collectors.joining());

        CommandRun run = imported("users.jsonl", rows + "{\"username\":\"last\"}\n");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("added " + BulkUserStore.LARGEST_BATCH + ", updated 0");
        assertThat(run.err())
                .contains("stopped after " + BulkUserStore.LARGEST_BATCH + " rows; fix this and run it again")
                .contains("importing users: the database refused");
    }
}
