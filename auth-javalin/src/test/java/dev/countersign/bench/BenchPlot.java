package dev.countersign.bench;

import com.google.common.html.HtmlEscapers;
import java.util.List;
import java.util.Locale;

/** The medians as bars, a panel for each column. */
final class BenchPlot {

    private static final int NAMES = 230;
    private static final int WIDTH = 300;
    private static final int BAR = 14;
    private static final int LINE = 20;

    private final List<Entry> entries;
    private int y = 10;

    BenchPlot(List<Entry> entries) {
        this.entries = entries;
    }

    String svg() {
        StringBuilder panels = new StringBuilder();
        for (Column column : Column.values()) {
            panel(panels, column);
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                        NAMES + WIDTH + 90,
                        y + 10)
                + panels
                + "</svg>\n";
    }

    private void panel(StringBuilder panels, Column column) {
        y += LINE;
        text(
                panels,
                10,
                "start",
                "bold",
                column.title() + (column.isMoreBetter() ? " (more is better)" : " (less is better)"));
        double most = entries.stream()
                .filter(entry -> entry.has(column))
                .mapToDouble(entry -> entry.median(column))
                .max()
                .orElse(1);
        for (Entry entry : entries) {
            if (entry.has(column)) {
                y += LINE;
                double value = entry.median(column);
                double width = WIDTH * value / most;
                boolean isOurs = entry.contender().server().equals(Contenders.OURS);
                text(
                        panels,
                        NAMES - 8,
                        "end",
                        "normal",
                        entry.contender().name().replace("`", ""));
                panels.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        NAMES,
                        y - BAR + 3,
                        width,
                        BAR,
                        isOurs ? "#1f6f4a" : "#9aa5b1"));
                text(panels, NAMES + (int) width + 6, "start", "normal", Bench.number(column.format(), value));
            }
        }
        y += LINE / 2;
    }

    private void text(StringBuilder panels, int x, String anchor, String weight, String text) {
        panels.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                weight,
                HtmlEscapers.htmlEscaper().escape(text)));
    }
}
