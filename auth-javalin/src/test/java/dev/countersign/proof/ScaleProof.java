package dev.countersign.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Imports ever more users, and asks whether the database gets slower by it. Writes what it finds into a page. */
final class ScaleProof {

    static final String BEGIN = "<!-- begin: made by scripts/scale.sh -->\n";
    static final String END = "<!-- end: made by scripts/scale.sh -->\n";
    private static final List<Long> SIZES = List.of(10_000L, 100_000L, 1_000_000L);

    // Enough for the p99 of what writes to the disk.
    private static final int TURNS = 200;

    private final Consumer<String> out;

    ScaleProof(Consumer<String> out) {
        this.out = out;
    }

    /** Runs: {@code [folder of the page, or - for none] [users]...}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Report report = Report.start("scale");
        ScaleProof proof = new ScaleProof(report::say);
        List<Long> sizes = Stream.of(arguments).skip(1).map(Long::valueOf).toList();
        List<ScaleRow> rows = new ArrayList<>();
        String ways;
        try (WorkFolder work = WorkFolder.create();
                PostgresNode node =
                        PostgresBinaries.unpack(work.path()).newNode(work.path().resolve("node"))) {
            node.start();
            List<ScaleDatabase.Vendor> vendors = List.of(ScaleSqlite.in(work.path()), ScalePostgres.on(node));
            ways = vendors.stream()
                    .map(vendor -> vendor.name() + ": " + vendor.itsWay())
                    .collect(Collectors.joining("; "));
            for (ScaleDatabase.Vendor vendor : vendors) {
                rows.addAll(proof.run(vendor, sizes.isEmpty() ? SIZES : sizes, TURNS));
            }
        }
        String text = text(rows, ways) + "\n" + node();
        report.say(text);
        if (arguments.length > 0 && !arguments[0].equals("-")) {
            write(Path.of(arguments[0]), text, rows);
        }
    }

    /** All sizes side by side: whatever else the machine does meets them alike. */
    List<ScaleRow> run(ScaleDatabase.Vendor vendor, List<Long> sizes, int turns) throws IOException, SQLException {
        List<ScaleRun> runs = new ArrayList<>();
        List<ScaleRow> rows = new ArrayList<>();
        try {
            for (long size : sizes) {
                ScaleRun run = new ScaleRun(vendor, size);
                runs.add(run);
                run.fill();
                out.accept(vendor.name() + ": " + size + " users are there");
            }
            askInTurn(runs, turns / 4);
            runs.forEach(ScaleRun::forget);
            askInTurn(runs, turns);
            for (ScaleRun run : runs) {
                rows.add(run.row());
            }
        } finally {
            runs.forEach(ScaleRun::close);
        }
        return rows;
    }

    private static String node() throws IOException {
        try (WorkFolder work = WorkFolder.create()) {
            return new NodeLoad(work.path(), Duration.ofSeconds(10)).run();
        }
    }

    private static void askInTurn(List<ScaleRun> runs, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            runs.forEach(ScaleRun::ask);
        }
        for (int turn = 0; turn < turns; turn++) {
            runs.forEach(ScaleRun::logIn);
            runs.forEach(ScaleRun::register);
        }
    }

    private static String text(List<ScaleRow> rows, String ways) {
        String lines = rows.stream().map(ScaleRow::markdown).collect(Collectors.joining());
        return "`scripts/scale.sh` on " + Report.machine() + ". The vendor's own load: " + ways + ".\n\n"
                + ScaleRow.HEAD + lines;
    }

    static void write(Path folder, String text, List<ScaleRow> rows) throws IOException {
        Path page = folder.resolve("scale.md");
        String old = Files.readString(page);
        int from = old.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(page, old.substring(0, from) + text + old.substring(old.indexOf(END)));
        Files.writeString(folder.resolve("scale.svg"), ScalePlot.of(rows), StandardCharsets.UTF_8);
    }
}
