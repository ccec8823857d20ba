package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was exported imports into the other database unchanged: exported again, it is the same to the byte. */
class RoundTripTest {

    private static final String HASH = "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW";
    private static final String FOREIGN = "pbkdf2_sha256$1000$seasalt$ADZp4vUhqbHpjKCs6GCv3eMcMdxH8VpSys18lLwzOpA=";

    @TempDir
    Path folder;

    private static String edges() {
        String longest = "x".repeat(68) + "@" + ("y".repeat(62) + ".").repeat(3) + "y".repeat(62);
        return String.join(
                "\n",
                "{\"id\":9007199254740993,\"email\":\"" + longest + "\",\"username\":9223372036854775807,"
                        + "\"password_hash\":\"" + HASH + "\",\"created_at\":\"2024-02-29T12:34:56.123456Z\"}",
                "{\"email\":\"İstanbul.Straße@example.com\",\"username\":\"Σίσυφος\",\"status\":\"disabled\","
                        + "\"created_at\":\"1969-12-31T23:59:59.999999Z\",\"updated_at\":\"2024-01-01T00:00:00.000001Z\","
                        + "\"last_login_at\":\"2024-01-01T00:00:00.1Z\",\"previous_login_at\":\"2023-01-01 00:00:00+01\","
                        + "\"password_changed_at\":\"2022-01-01T00:00:00Z\"}",
                "{\"username\":\"😀 \\\"quoted\\\", 'single', comma\",\"password_hash\":\"" + FOREIGN + "\","
                        + "\"attributes\":{\"lines\":\"a\\r\\nb\\n\\tc\\u0000\",\"half\":\"\\ud83d\",\"long\":\""
                        + "ß😀".repeat(16 * 1024) + "\",\"n\":[1,1.50,-0.001,9007199254740993,null,true,{\"é\":{}}]}}",
                "{\"username\":\"123\",\"attributes\":{\"z\":1,\"a\":\"\"}}",
                "{\"username\":-5}",
                "{\"email\":\"=cmd|a1@example.com\",\"username\":\"null\"}",
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv"})
    void sqlite_to_postgresql_and_back_is_the_same_to_the_byte(String format) throws Exception {
        Path source = Files.writeString(folder.resolve("source.jsonl"), edges());
        String[] sqlite = {"--data", folder.resolve("one").toString()};
        String[] server = {"--data", folder.resolve("two").toString(), "--database", Postgres.freshDatabase()};
        String[] back = {"--data", folder.resolve("three").toString()};
        run("import", source, sqlite);
        Path first = folder.resolve("first." + format);
        Path second = folder.resolve("second." + format);
        Path third = folder.resolve("third." + format);

        run("export", first, sqlite);
        run("import", first, server);
        run("export", second, server);
        run("import", second, back);
        run("export", third, back);

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(third).hasSameBinaryContentAs(first);
        assertThat(Files.readString(first, StandardCharsets.UTF_8))
                .contains("9007199254740993", "İstanbul.Straße", "Σίσυφος", "😀", "123456Z", HASH, FOREIGN, "\\ud83d");
        assertThat(run("import", first, server).out()).contains("added 0, updated 0, already there 6");
    }

    private static CommandRun run(String verb, Path file, String... where) {
        String[] arguments = new String[3 + where.length];
        arguments[0] = "user";
        arguments[1] = verb;
        arguments[2] = file.toString();
        System.arraycopy(where, 0, arguments, 3, where.length);
        CommandRun run = CommandRun.withInput("", arguments);
        assertThat(run.complaints()).isEmpty();
        assertThat(run.code()).isZero();
        return run;
    }
}
