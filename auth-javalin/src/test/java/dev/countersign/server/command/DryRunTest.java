package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.BulkUserStore;
import dev.countersign.server.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dry run tells is what the import then does, also about rows that meet rows of other batches. */
@Tag("slow")
class DryRunTest {

    private static final int APART = BulkUserStore.LARGEST_BATCH + 100;

    @TempDir
    Path folder;

    private static String rows() {
        List<String> rows = new ArrayList<>();
        rows.add("first,ada@example.com,,");
        rows.add(",eve@example.com,eve,");
        rows.add("gone,old@example.com,,");
        rows.add("there,there@example.com,,");
        fill(rows);
        rows.add(",ADA@example.com,,");
        rows.add(",,EVE,");
        rows.add("gone,new@example.com,,");
        rows.add(",old@example.com,,");
        rows.add(",ada@example.com,eve,");
        rows.add(",late@example.com,,900");
        fill(rows);
        rows.add("first,,,");
        rows.add(",old@example.com,older,");
        rows.add(",new@example.com,,");
        rows.add(",number@example.com,,900");
        rows.add("broken,broken,,");
        rows.add(",THERE@example.com,there,");
        return "external_id,email,username,id\n" + String.join("\n", rows) + "\n";
    }

    private static void fill(List<String> rows) {
        int first = rows.size();
        for (int i = first; i < first + APART; i++) {
            rows.add(",,user" + i + "," + (100_000 + i));
        }
    }

    @ParameterizedTest
    @CsvSource({"sqlite, false", "sqlite, true", "postgresql, false", "postgresql, true"})
    void the_tally_and_the_rejects_are_those_of_the_import(String vendor, boolean update) throws Exception {
        List<String> where = where(vendor);
        Path present = Files.writeString(folder.resolve("present.csv"), "email,username\nthere@example.com,\n,user7\n");
        run("import", present.toString(), where, false);
        String before = run("export", "-", where, false).out();
        Path file = Files.writeString(folder.resolve("users.csv"), rows());
        Path rejects = folder.resolve("users.csv.rejects.csv");

        CommandRun dry = run("import", file.toString(), withFlag(where, "--dry-run"), update);
        String dryRejects = Files.readString(rejects);
        assertThat(run("export", "-", where, false).out()).isEqualTo(before);
        CommandRun real = run("import", file.toString(), where, update);

        assertThat(dry.out()).startsWith("would be added ").isEqualTo("would be " + real.out());
        assertThat(dry.code()).isEqualTo(real.code()).isEqualTo(1);
        assertThat(dryRejects).isEqualTo(Files.readString(rejects));
        assertThat(real.out()).contains(update ? "already there 0" : "updated 0");
    }

    private List<String> where(String vendor) {
        List<String> where =
                new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
        if (vendor.equals("postgresql")) {
            where.addAll(List.of("--database", Postgres.freshDatabase()));
        }
        return where;
    }

    private static List<String> withFlag(List<String> where, String flag) {
        List<String> all = new ArrayList<>(where);
        all.add(flag);
        return all;
    }

    private static CommandRun run(String verb, String file, List<String> where, boolean update) {
        List<String> arguments = new ArrayList<>(List.of("user", verb, file));
        arguments.addAll(where);
        if (update) {
            arguments.add("--update");
        }
        CommandRun run = CommandRun.withInput("", arguments.toArray(String[]::new));
        assertThat(run.complaints()).isEmpty();
        return run;
    }
}
