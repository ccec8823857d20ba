package dev.countersign.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Imports ever more users, and asks whether the database gets slower by it. Writes what it finds into a page. */
final class ScaleProof {

    private static final List<Long> SIZES = List.of(10_000L, 100_000L, 1_000_000L);
    private static final long IF_IT_FITS = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration EACH = Duration.ofSeconds(10);

    // With ten questions each enough for a p99; lookups are many times faster than what writes to the disk.
    private static final int TURNS = 200;
    private static final int LOOKUP_TURNS = 10;

    // On disk and in the write-ahead log, ours and the vendor's own, with something to spare.
    private static final long ROOM_PER_USER = 3_000;

    private final Path work;
    private final int turns;
    private final Duration patience;
    private final Duration each;
    private final Consumer<String> out;
    private final List<String> remarks = new ArrayList<>();

    ScaleProof(Path work, int turns, Duration patience, Duration each, Consumer<String> out) {
        this.work = work;
        this.turns = turns;
        this.patience = patience;
        this.each = each;
        this.out = out;
    }

    /** Runs: {@code [folder of the page, or - for none] [users]...}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Report report = Report.start("scale");
        List<Long> sizes = Stream.of(arguments).skip(1).map(Long::valueOf).toList();
        ScalePage page;
        try (WorkFolder work = WorkFolder.create()) {
            page = new ScaleProof(work.path(), TURNS, PATIENCE, EACH, report::say)
                    .run(sizes, new NodeLoad(work.path(), EACH)::run);
        }
        report.say(page.toString());
        if (arguments.length > 0 && !arguments[0].equals("-")) {
            page.write(Path.of(arguments[0]));
        }
    }

    ScalePage run(List<Long> sizes, NodeCosts costs, String... settings) throws IOException, SQLException {
        String memory = PostgresMemory.aQuarter();
        remarks.add(Report.load());
        List<ScaleRow> rows = new ArrayList<>();
        List<NodeRow> nodes = new ArrayList<>();
        StoreLoad writes = new StoreLoad(each);
        List<String> memories = new ArrayList<>();
        ScaleDatabase.Vendor sqlite = ScaleSqlite.in(work);
        run(sqlite, sizes, runs -> rows.addAll(rows(runs)));
        try (PostgresNode node = PostgresBinaries.unpack(work).newNode(work.resolve("node"), settings)) {
            node.start();
            node.restart("shared_buffers=" + memory);
            try (ScaleDatabase.Vendor postgres = ScalePostgres.on(node)) {
                run(postgres, sizes, runs -> {
                    rows.addAll(rows(runs));
                    writes.run(node, runs.get(Math.min(2, runs.size() - 1)));
                    memories.addAll(new PostgresMemory(node, runs, turns * LOOKUP_TURNS).compare(memory));
                });
            }
            out.accept("what a node needs");
            nodes.addAll(costs.of(node));
        }
        remarks.add(sqlite.name() + "'s own load: " + sqlite.itsWay() + "; PostgreSQL's: COPY. PostgreSQL had "
                + "`shared_buffers = " + memory + "`, a quarter of the machine's memory as its manual advises.");
        return new ScalePage(rows, nodes, writes.rows(), memories, remarks);
    }

    /** What servers cost, one of them on that PostgreSQL. */
    @FunctionalInterface
    interface NodeCosts {
        List<NodeRow> of(PostgresNode node) throws IOException;
    }

    /** What is asked of all sizes while they are there. */
    @FunctionalInterface
    interface Questions {
        void ask(List<ScaleRun> runs) throws IOException, SQLException;
    }

    /** All sizes side by side: whatever else the machine does meets them alike. */
    void run(ScaleDatabase.Vendor vendor, List<Long> sizes, Questions questions) throws IOException, SQLException {
        List<ScaleRun> runs = new ArrayList<>();
        try {
            for (long size : sizes.isEmpty() ? SIZES : sizes) {
                runs.add(filled(vendor, size));
            }
            if (sizes.isEmpty() && fits(vendor, runs)) {
                runs.add(filled(vendor, IF_IT_FITS));
            }
            for (ScaleRun run : runs) {
                run.database().warm();
            }
            lookUp(runs, turns * LOOKUP_TURNS);
            write(runs, turns / 4);
            runs.forEach(ScaleRun::forget);
            lookUp(runs, turns * LOOKUP_TURNS);
            write(runs, turns);
            questions.ask(runs);
        } finally {
            runs.forEach(ScaleRun::close);
        }
    }

    static List<ScaleRow> rows(List<ScaleRun> runs) throws SQLException {
        List<ScaleRow> rows = new ArrayList<>();
        for (ScaleRun run : runs) {
            rows.add(run.row(runs.get(0)));
        }
        return rows;
    }

    private ScaleRun filled(ScaleDatabase.Vendor vendor, long size) throws IOException, SQLException {
        ScaleRun run = new ScaleRun(vendor, size);
        try {
            run.fill(patience);
        } catch (IOException | SQLException | RuntimeException broken) {
            run.close();
            throw broken;
        }
        out.accept(String.format(Locale.ROOT, "%s: %,d users are there", vendor.name(), run.users()));
        if (run.users() < size) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d users were imported when %d minutes were over; the row is about these.",
                    vendor.name(),
                    run.users(),
                    size,
                    patience.toMinutes()));
        }
        return run;
    }

    private boolean fits(ScaleDatabase.Vendor vendor, List<ScaleRun> runs) throws IOException {
        ScaleRun last = runs.get(runs.size() - 1);
        Duration estimate = last.estimate(IF_IT_FITS, runs.get(runs.size() - 2));
        long room = Files.getFileStore(work).getUsableSpace() / ROOM_PER_USER;
        if (estimate.compareTo(patience) < 0 && room > IF_IT_FITS) {
            return true;
        }
        remarks.add(String.format(
                Locale.ROOT,
                "%s: %,d users were not tried: %s.",
                vendor.name(),
                IF_IT_FITS,
                room > IF_IT_FITS
                        ? String.format(
                                Locale.ROOT,
                                "at the slower of the two rates, if it goes on falling as it did up to %,d, they would take %d minutes, and %d are the limit",
                                last.users(),
                                estimate.toMinutes(),
                                patience.toMinutes())
                        : "there was no room on the disk"));
        return false;
    }

    static void lookUp(List<ScaleRun> runs, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            runs.forEach(ScaleRun::ask);
        }
    }

    private static void write(List<ScaleRun> runs, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            runs.forEach(ScaleRun::logIn);
            runs.forEach(ScaleRun::register);
        }
    }
}
