package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are reserved for a server that goes on registering users. */
@Tag("slow")
final class FirstNumberTest {

    private static final String GOOD = "a password nobody else has";
    private static final String FIRST = "--first-number=1000";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void who_registers_gets_a_number_from_there_on_also_at_another_node_after_a_restart_and_without_the_setting(
            String vendor) throws Exception {
        String where = where(vendor);
        try (RunningServer one = start(where, FIRST);
                RunningServer two = start(where, FIRST)) {
            register(one, "a");
            register(two, "b");
        }
        try (RunningServer again = start(where, FIRST)) {
            register(again, "c");
        }
        try (RunningServer lower = start(where, "--first-number=10")) {
            register(lower, "d");
        }
        try (RunningServer without = start(where)) {
            register(without, "e");
        }
        assertThat(numbers(where)).containsExactly("1000 a", "1001 b", "1002 c", "1003 d", "1004 e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void an_import_keeps_the_old_numbers_that_come_later_and_rejects_those_of_users_who_register(String vendor)
            throws Exception {
        String where = where(vendor);
        assertThat(imported("id,email\n2,two@example.com\n", where, FIRST)).startsWith("added 1,");
        try (RunningServer server = start(where, FIRST)) {
            register(server, "here");
            assertThat(imported("id,email\n3,three@example.com\n999,most@example.com\n", where, FIRST))
                    .startsWith("added 2,");
            register(server, "next");
        }
        CommandRun run = run(where, "import", "id,email\n1000,here@example.com\n1002,other@example.com\n", FIRST);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("added 0, updated 0, already there 0, rejected 2");
        assertThat(Files.readString(folder.resolve("rejects.csv")))
                .contains(",3,id: numbers from 1000 on are for users who register here (first_number)");
        assertThat(numbers(where)).containsExactly("2 two", "3 three", "999 most", "1000 here", "1001 next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void rows_without_a_number_get_one_from_there_on(String vendor) throws Exception {
        String where = where(vendor);
        imported("external_id,email\na,a@example.com\nb,b@example.com\n", where, FIRST);
        assertThat(numbers(where)).containsExactly("1000 a", "1001 b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void what_is_exported_here_can_be_imported_elsewhere_with_the_same_setting(String vendor) throws Exception {
        String from = where(vendor);
        imported("id,email\n2,two@example.com\n", from, FIRST);
        imported("email\nnext@example.com\n", from, FIRST);
        Path exported = folder.resolve("all.jsonl");
        assertThat(CommandRun.of("user", "export", exported.toString(), from, "--data=" + folder)
                        .code())
                .isZero();
        String to = "--database=jdbc:sqlite:" + folder.resolve("other.db");
        CommandRun run = CommandRun.of("user", "import", exported.toString(), to, FIRST, "--data=" + folder);
        assertThat(run.out()).startsWith("added 2, updated 0, already there 0, rejected 0");
        assertThat(numbers(to)).containsExactly("2 two", "1000 next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void what_only_looks_reserves_nothing(String vendor) throws Exception {
        String where = where(vendor);
        imported("email\none@example.com\n", where);
        assertThat(run(where, "import", "email\ntwo@example.com\n", FIRST, "--dry-run")
                        .out())
                .startsWith("would be");
        for (String command : List.of("hashes", "list", "export")) {
            assertThat(CommandRun.of("user", command, where, FIRST, "--data=" + folder)
                            .code())
                    .isZero();
        }
        imported("email\ntwo@example.com\n", where);
        assertThat(numbers(where)).containsExactly("1 one", "2 two");
    }

    private RunningServer start(String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--dialects=realworld");
        return RunningServer.start(folder, all.toArray(String[]::new));
    }

    private static void register(RunningServer server, String name) {
        assertThat(server.requests()
                        .register("", name + "@example.com", name, GOOD)
                        .statusCode())
                .isEqualTo(201);
    }

    private String imported(String rows, String where, String... more) throws Exception {
        CommandRun run = run(where, "import", rows, more);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        return run.out();
    }

    private CommandRun run(String where, String verb, String rows, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("users.csv"), rows);
        List<String> command = new ArrayList<>(List.of("user", verb, file.toString(), where));
        command.addAll(List.of("--data=" + folder, "--rejects=" + folder.resolve("rejects.csv")));
        command.addAll(List.of(more));
        return CommandRun.of(command.toArray(String[]::new));
    }

    /** Number and name of every user. */
    private List<String> numbers(String where) {
        return CommandRun.of("user", "export", where, "--data=" + folder)
                .out()
                .lines()
                .map(line -> line.replaceFirst("\\{\"id\":(\\d+),.*\"email\":\"([^@\"]+)@.*", "$1 $2"))
                .toList();
    }

    private String where(String vendor) {
        return "--database="
                + (vendor.equals("postgresql") ? Postgres.freshDatabase() : "jdbc:sqlite:" + folder.resolve("auth.db"));
    }
}
