package dev.countersign.proof;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was to be reached with a million users, and whether it was. */
final class ScaleAims {

    private static final long MILLION = 1_000_000;
    private static final double LEAST_IMPORT = 0.5;
    private static final double MOST_LOOKUP = 1.3;
    // What one collection more or less makes of the same program.
    private static final double FLAT = 1.1;

    private final List<ScaleRow> rows;

    ScaleAims(List<ScaleRow> rows) {
        this.rows = rows;
    }

    String markdown() {
        StringBuilder table = new StringBuilder("| aim | measured | |\n|---|---|---|\n");
        for (String vendor : rows.stream().map(ScaleRow::vendor).distinct().toList()) {
            List<ScaleRow> its = rows.stream()
                    .filter(row -> row.vendor().equals(vendor) && row.users() <= MILLION)
                    .collect(Collectors.toList());
            if (its.isEmpty()) {
                continue;
            }
            ScaleRow last = its.get(its.size() - 1);
            table.append(line(
                    String.format(
                            Locale.ROOT,
                            "%s: import of %,d users at least %.1f of the vendor's own load",
                            vendor,
                            last.users(),
                            LEAST_IMPORT),
                    String.format(Locale.ROOT, "%.2f", last.importRatio()),
                    last.importRatio() >= LEAST_IMPORT));
            table.append(line(
                    String.format(
                            Locale.ROOT,
                            "%s: lookup with %,d users at most %.1f times that with %,d",
                            vendor,
                            last.users(),
                            MOST_LOOKUP,
                            its.get(0).users()),
                    String.format(Locale.ROOT, "%.2f", last.lookupTimes()),
                    last.lookupTimes() <= MOST_LOOKUP));
            table.append(flat(vendor, its.get(Math.max(0, its.size() - 2)), last));
        }
        return table.toString();
    }

    private static String flat(String vendor, ScaleRow before, ScaleRow last) {
        return line(
                vendor + ": import memory flat",
                String.format(
                        Locale.ROOT,
                        "%d MB of heap and %d MB of process with %,d users, %d and %d with %,d",
                        before.heap() >> 20,
                        before.resident() >> 20,
                        before.users(),
                        last.heap() >> 20,
                        last.resident() >> 20,
                        last.users()),
                last.heap() <= FLAT * before.heap() && last.resident() <= FLAT * before.resident());
    }

    private static String line(String aim, String measured, boolean reached) {
        return "| " + aim + " | " + measured + " | " + (reached ? "reached" : "not reached") + " |\n";
    }
}
