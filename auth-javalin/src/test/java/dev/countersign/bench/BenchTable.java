package dev.countersign.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** The result as tables: medians, their spread, and ratios to this server. */
final class BenchTable {

    private final List<Entry> entries;

    BenchTable(List<Entry> entries) {
        this.entries = entries;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(machine()).append("\n\n");
        Entry ours = entries.get(0);
        table(text, "median", (entry, column) -> Bench.number(column.format(), entry.median(column)));
        text.append('\n');
        table(text, "least to most", BenchTable::spread);
        text.append('\n');
        table(text, "times ours", (entry, column) -> Bench.number("%.2f", entry.median(column) / ours.median(column)));
        return text.toString();
    }

    private void table(StringBuilder text, String corner, BiFunction<Entry, Column, String> cell) {
        text.append("| ").append(corner);
        for (Column column : Column.values()) {
            text.append(" | ").append(column.title());
        }
        text.append(" |\n|---").append("|---".repeat(Column.values().length)).append("|\n");
        for (Entry entry : entries) {
            text.append("| ").append(entry.contender().name());
            for (Column column : Column.values()) {
                text.append(" | ").append(cell.apply(entry, column));
            }
            text.append(" |\n");
        }
    }

    private static String spread(Entry entry, Column column) {
        String least = Bench.number(column.format(), entry.least(column));
        return entry.has(column) ? least + "–" + Bench.number(column.format(), entry.most(column)) : least;
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
