package dev.countersign.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The result as tables: medians, their spread, and ratios to this server. */
final class BenchTable {

    private final List<Entry> entries;

    BenchTable(List<Entry> entries) {
        this.entries = entries;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(machine()).append("\n\n");
        head(text, "median");
        for (Entry entry : entries) {
            text.append("| ").append(entry.contender().name());
            for (Column column : Column.values()) {
                text.append(" | ").append(Bench.number(column.format(), entry.median(column)));
            }
            text.append(" |\n");
        }
        text.append('\n');
        head(text, "least to most");
        for (Entry entry : entries) {
            text.append("| ").append(entry.contender().name());
            for (Column column : Column.values()) {
                text.append(" | ")
                        .append(Bench.number(column.format(), entry.least(column)))
                        .append(entry.has(column) ? "–" + Bench.number(column.format(), entry.most(column)) : "");
            }
            text.append(" |\n");
        }
        text.append('\n');
        head(text, "times ours");
        Entry ours = entries.get(0);
        for (Entry entry : entries) {
            text.append("| ").append(entry.contender().name());
            for (Column column : Column.values()) {
                text.append(" | ").append(Bench.number("%.2f", entry.median(column) / ours.median(column)));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static void head(StringBuilder text, String corner) {
        text.append("| ").append(corner);
        for (Column column : Column.values()) {
            text.append(" | ").append(column.title());
        }
        text.append(" |\n|---").append("|---".repeat(Column.values().length)).append("|\n");
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%s: %s %s, %d cores, JDK %s, load %.1f",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
