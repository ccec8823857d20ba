package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.csv.RawText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of import files that is not what it seems. */
@Tag("slow")
class ImportTextTest {

    @TempDir
    private Path folder;

    private CommandRun imported(String name, byte[] content, String... more) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        String[] arguments = new String[4 + more.length];
        arguments[0] = "user";
        arguments[1] = "import";
        arguments[2] = file.toString();
        arguments[3] = "--data=" + folder.resolve("data");
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    private CommandRun rows(String name, String text) throws IOException {
        return imported(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String rejects(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }

    private String exported() {
        return CommandRun.of("user", "export", "--data=" + folder.resolve("data"))
                .out();
    }

    @ParameterizedTest
    @CsvSource({
        "p\u200B1, 'email: it has U+200B, a character that cannot be seen'",
        "p\uFEFF1, 'email: it has U+FEFF, a character that cannot be seen'",
        "p\u202E1, 'email: it has U+202E, a character that changes the direction of writing'",
        "p\uFFFD1, 'email: it has U+FFFD, which stands for a character that was lost'",
        "p(1), email: it is not an e-mail address"
    })
    void a_row_is_rejected_with_the_character_that_deceives(String local, String reason) throws IOException {
        CommandRun run = rows("u.csv", "email\n" + local + "@example.com\nada@example.com\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("added 1, updated 0, already there 0, rejected 1");
        assertThat(rejects("u.csv.rejects.csv")).contains("2,").contains(reason);
    }

    @Test
    void true_and_false_have_the_same_spellings_everywhere_and_nothing_else_is_taken() throws IOException {
        String[] yes = {"true", "t", "yes", "y", "on", "1", "TRUE", "Yes"};
        String[] no = {"false", "f", "no", "n", "off", "0", "FALSE", "No"};
        StringBuilder rows = new StringBuilder("username,username_number,status\n");
        for (int i = 0; i < yes.length; i++) {
            rows.append(100 + i)
                    .append(',')
                    .append(yes[i])
                    .append(',')
                    .append(no[i])
                    .append('\n');
            rows.append(200 + i)
                    .append(',')
                    .append(no[i])
                    .append(',')
                    .append(yes[i])
                    .append('\n');
        }
        rows.append("300,ja,active\n301,2,active\n302,true,maybe\n");
        CommandRun run = rows("u.csv", rows.toString());
        assertThat(run.out()).startsWith("added 16, updated 0, already there 0, rejected 3");
        assertThat(exported().lines())
                .filteredOn(line -> line.contains("\"username\":1"))
                .hasSize(8)
                .allMatch(line -> line.contains("\"status\":\"disabled\""));
        assertThat(exported().lines())
                .filteredOn(line -> line.contains("\"username\":\"2"))
                .hasSize(8)
                .allMatch(line -> line.contains("\"status\":\"active\""));
        assertThat(rejects("u.csv.rejects.csv").lines())
                .anyMatch(line -> line.startsWith("300,ja,") && line.contains("username_number: it is neither true"))
                .anyMatch(line -> line.startsWith("301,2,") && line.contains("username_number: it is neither true"))
                .anyMatch(line -> line.startsWith("302,true,maybe") && line.contains("status: "));
        CommandRun json = rows("u.jsonl", "{\"username\":7,\"username_number\":\"ja\"}\n");
        assertThat(json.out()).startsWith("added 0, updated 0, already there 0, rejected 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-02-30",
                "2019-02-30T00:00:00Z",
                "2019-02-29 10:00:00",
                "2019-04-31T10:00:00+02:00",
                "2019-01-01T24:00:00Z",
                "2019-01-01 24:00",
                "2016-12-31T23:59:60Z",
                "2019-01-01T10:00:61Z",
                "2019-01-01T10:60:00Z",
                "2019-13-01T00:00:00Z",
                "2019-00-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2019-01-01T10:00:00+19:00",
                "2019-01-01T10:00:00+01:60",
                "2019-01-01T10:00:00Zulu",
                "01/02/2019",
                "1700000000000"
            })
    void times_that_there_are_not_are_rejected(String time) throws IOException {
        CommandRun run = rows("u.csv", "email,created_at\nada@example.com," + time + "\n");
        assertThat(run.out()).startsWith("added 0, updated 0, already there 0, rejected 1");
        assertThat(rejects("u.csv.rejects.csv")).contains("created_at: ");
    }

    @ParameterizedTest
    @CsvSource({
        "2020-02-29T23:59:59.999999Z, 2020-02-29T23:59:59.999999Z",
        "2020-02-29 23:59, 2020-02-29T23:59:00Z",
        "2020-01-01 00:00:00+18:00, 2019-12-31T06:00:00Z",
        "2020-01-01T00:00:00 UTC, 2020-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "+12020-01-01T00:00:00Z, +12020-01-01T00:00:00Z",
        "1577836800, 2020-01-01T00:00:00Z"
    })
    void times_that_there_are_are_taken(String time, String stored) throws IOException {
        assertThat(rows("u.csv", "email,created_at\nada@example.com," + time + "\n")
                        .code())
                .isZero();
        assertThat(exported()).contains("\"created_at\":\"" + stored + "\"");
    }

    @ParameterizedTest
    @CsvSource({";,semicolons", "'\t',tabs", "|,vertical bars"})
    void another_separator_is_refused_by_name(String separator, String name) throws IOException {
        String text = "email,username\nada@example.com,ada\n".replace(",", separator);
        CommandRun run = rows("u.csv", text);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the columns are separated by " + name).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u.csv", "u.jsonl"})
    void another_encoding_is_refused_by_name(String name) throws IOException {
        String text = name.endsWith("csv") ? "email\nada@example.com\n" : "{\"email\":\"ada@example.com\"}\n";
        for (String encoding : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE"}) {
            CommandRun run = imported(name, text.getBytes(Charset.forName(encoding)));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("it is UTF-16: save it as UTF-8").doesNotContain("Exception");
        }
        assertThat(rows(name, "\uFEFF" + text.replace("\n", "\r\n")).code()).isZero();
    }

    @Test
    void rejects_repeat_bytes_that_are_no_utf_8_as_they_were() throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        csv.writeBytes("email,attributes.name\r\n".getBytes(StandardCharsets.UTF_8));
        byte[] row =
                "zo\u00EB@example.com,\"a \"\"quoted\"\", \u00FF\u00C3\r\nline ".getBytes(StandardCharsets.ISO_8859_1);
        csv.writeBytes(row);
        csv.writeBytes("😀\"\r\n".getBytes(StandardCharsets.UTF_8));
        CommandRun run = imported("u.csv", csv.toByteArray());
        assertThat(run.out()).startsWith("added 0, updated 0, already there 0, rejected 1");
        byte[] rejects = Files.readAllBytes(folder.resolve("u.csv.rejects.csv"));
        assertThat(latin(rejects)).contains(latin(row)).contains("email: it is not UTF-8");

        byte[] json =
                "{\"email\":\"zo\u00EB\\n@example.com\",\"x\":\"\\\\udceb\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(imported("u.jsonl", json).out()).startsWith("added 0, updated 0, already there 0, rejected 1");
        assertThat(latin(Files.readAllBytes(folder.resolve("u.jsonl.rejects.jsonl"))))
                .startsWith(
                        "{\"row\":\"{\\\"email\\\":\\\"zo\u00EB\\\\n@example.com\\\",\\\"x\\\":\\\"\\\\\\\\udceb\\\"}\",")
                .contains("not UTF-8");
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void any_bytes_survive_as_text() {
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
        }
        assertThat(RawText.hasBytes(RawText.decode("aß😀\uFFFD".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(RawText.hasBytes(RawText.decode(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})))
                .isTrue();
    }
}
