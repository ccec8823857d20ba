package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.server.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that name one user and have something of another, and numbers that leave no room. */
@Tag("slow")
class ImportConflictsTest {

    private static final String HASH = "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW";
    private static final String OTHER_HASH =
            "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lX".replace("31lX", "31mW");
    private static final String OTHERS = "row: its e-mail address or username is that of another user";

    @TempDir
    Path folder;

    static Stream<Arguments> places() {
        return Stream.of("sqlite", "postgresql")
                .flatMap(vendor -> Stream.of(false, true).map(update -> Arguments.of(vendor, update)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void two_rows_of_one_address_with_ids_of_their_own_are_two_people(String vendor, boolean update) throws Exception {
        for (String ids : List.of(
                "external_id,7,8",
                "id,7,8",
                "uuid,0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0007,0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0008")) {
            String where = where(vendor, ids);
            List<String> id = Splitter.on(',').splitToList(ids);
            String rows = id.get(0) + ",email,username,password_hash\n" + id.get(1) + ",ada@example.com,ada," + HASH
                    + "\n" + id.get(2) + ",ADA@example.com,grace," + OTHER_HASH + "\n";
            assertRejected(where, update, rows, "added 1, updated 0, already there 0, rejected 1", "3," + OTHERS);
            assertThat(exported(where)).singleElement().asString().contains("\"ada\"", HASH);
            // Again, when the first one is there.
            assertRejected(
                    where,
                    update,
                    rows,
                    "added 0, updated " + (update ? 1 : 0) + ", already there " + (update ? 0 : 1) + ", rejected 1",
                    "3," + OTHERS);
            assertThat(exported(where)).singleElement().asString().contains("\"ada\"", HASH);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_number_that_was_given_here_is_somebody_elses(String vendor, boolean update) throws Exception {
        String where = where(vendor, "given");
        run("email,username\nhere@example.com,here\n", where, false);
        List<String> before = exported(where);
        assertRejected(
                where,
                update,
                "id,email\n1,there@example.com\n",
                "added 0, updated 0, already there 0, rejected 1",
                "2,id: another user has this number");
        assertThat(exported(where)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_row_that_names_one_user_by_number_and_another_by_uuid_is_neither(String vendor, boolean update)
            throws Exception {
        String where = where(vendor, "both");
        String one = "0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0001";
        String two = "0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0002";
        run("id,uuid,email\n1," + one + ",one@example.com\n2," + two + ",two@example.com\n", where, false);
        List<String> before = exported(where);
        assertRejected(
                where,
                update,
                "id,uuid,email\n1," + two + ",new@example.com\n",
                "added 0, updated 0, already there 0, rejected 1",
                "2,\"row: its number, UUID or external id, e-mail address and username are those of several users\"");
        assertThat(exported(where)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_number_that_leaves_no_room_is_rejected_and_others_can_still_be_added(String vendor, boolean update)
            throws Exception {
        String where = where(vendor, "room");
        String reason = "id: it is not a number from 1 to 4611686018427387903";
        for (String number : List.of("9223372036854775807", "4611686018427387904", "9223372036854775808", "0", "-1")) {
            assertRejected(
                    where,
                    update,
                    "id,email\n" + number + ",max@example.com\n",
                    "added 0, updated 0, already there 0, rejected 1",
                    "2," + reason);
        }
        CommandRun added = CommandRun.withInput(
                "a password nobody else has\n",
                arguments(List.of("user", "add", "--email", "next@example.com", "--bcrypt-cost=10"), where));
        assertThat(added.out()).startsWith("added user 1 ");
        assertThat(run("id,email\n4611686018427387903,max@example.com\n", where, update)
                        .code())
                .isZero();
        CommandRun last = CommandRun.withInput(
                "a password nobody else has\n",
                arguments(List.of("user", "add", "--email", "last@example.com", "--bcrypt-cost=10"), where));
        assertThat(last.out()).startsWith("added user 4611686018427387904 ");
    }

    /** The same by a dry run and by the import. */
    private void assertRejected(String where, boolean update, String rows, String tally, String reject)
            throws Exception {
        CommandRun.of(arguments(List.of("db", "migrate"), where));
        List<String> before = exported(where);
        CommandRun dry = run(rows, where, update, "--dry-run");
        assertThat(dry.out()).startsWith("would be " + tally);
        assertThat(dry.code()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("rejects.csv"))).endsWith("," + reject + "\r\n");
        assertThat(exported(where)).isEqualTo(before);

        CommandRun real = run(rows, where, update);
        assertThat(real.out()).startsWith(tally);
        assertThat(real.code()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("rejects.csv"))).endsWith("," + reject + "\r\n");
    }

    private CommandRun run(String rows, String where, boolean update, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("users.csv"), rows);
        List<String> command = new ArrayList<>(
                List.of("user", "import", file.toString(), "--rejects=" + folder.resolve("rejects.csv")));
        command.addAll(List.of(more));
        if (update) {
            command.add("--update");
        }
        return CommandRun.of(arguments(command, where));
    }

    private List<String> exported(String where) {
        return CommandRun.of(arguments(List.of("user", "export"), where))
                .out()
                .lines()
                .toList();
    }

    private String[] arguments(List<String> command, String where) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(where, "--data=" + folder));
        return all.toArray(String[]::new);
    }

    private String where(String vendor, String name) {
        return "--database="
                + (vendor.equals("postgresql")
                        ? Postgres.freshDatabase()
                        : "jdbc:sqlite:" + folder.resolve(name.substring(0, 2) + ".db"));
    }
}
