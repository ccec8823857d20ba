package dev.countersign.proof;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Two plots beside each other: users per second when importing, and latencies; both by the number of users, both logarithmic. */
final class ScalePlot {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 260;
    private static final int TOP = 30;

    private final StringBuilder svg = new StringBuilder();
    private final List<ScaleRow> rows;
    private final double low;
    private final double high;
    private final int left;
    private int legend;

    private ScalePlot(List<ScaleRow> rows, int left, double low, double high) {
        this.rows = rows;
        this.left = left;
        this.low = low;
        this.high = high;
    }

    static String of(List<ScaleRow> rows) {
        ScalePlot rates = new ScalePlot(rows, 70, 1e3, 1e6);
        rates.frame("users per second");
        rates.lines("own load", "", ScaleRow::ownRate);
        rates.lines("import", "6 4", ScaleRow::importRate);
        ScalePlot latencies = new ScalePlot(rows, 560, 10, 1e5);
        latencies.frame("microseconds");
        latencies.lines("lookup p50", "", row -> row.lookups().micros(0.5));
        latencies.lines("lookup p99", "6 4", row -> row.lookups().micros(0.99));
        latencies.lines("register p50", "1 4", row -> row.registrations().micros(0.5));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1060 340\" font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"1060\" height=\"340\" fill=\"white\"/>\n" + rates.svg + latencies.svg + "</svg>\n";
    }

    private void frame(String title) {
        text(left, TOP - 12, title);
        for (double tick = low; tick <= high * 1.01; tick *= 10) {
            line(left, y(tick), left + WIDTH, y(tick));
            text(left - 50, y(tick) + 4, label(tick));
        }
        for (double users = 1e4; users <= 1e7; users *= 10) {
            line(x(users), TOP, x(users), TOP + HEIGHT);
            text(x(users) - 12, TOP + HEIGHT + 18, label(users));
        }
        text(left + WIDTH / 2 - 15, TOP + HEIGHT + 38, "users");
    }

    private void lines(String name, String dashes, ToDoubleFunction<ScaleRow> value) {
        for (String vendor : rows.stream().map(ScaleRow::vendor).distinct().toList()) {
            String colour = vendor.equals("SQLite") ? "#0f62ac" : "#b3460e";
            StringBuilder points = new StringBuilder();
            for (ScaleRow row : rows) {
                if (row.vendor().equals(vendor)) {
                    points.append(String.format(
                            Locale.ROOT, "%.1f,%.1f ", x((double) row.users()), y(value.applyAsDouble(row))));
                }
            }
            polyline(points.toString().strip(), colour, dashes);
            int row = TOP + 12 + 16 * legend++;
            polyline((left + WIDTH + 8) + "," + row + " " + (left + WIDTH + 28) + "," + row, colour, dashes);
            text(left + WIDTH + 32, row + 4, (vendor.equals("SQLite") ? vendor : "PG") + " " + name);
        }
    }

    private double x(double users) {
        return left + WIDTH * (Math.log10(users) - 4) / 3;
    }

    private double y(double value) {
        double share = (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
        return TOP + HEIGHT * (1 - share);
    }

    private static String label(double value) {
        return value >= 1e6
                ? String.format(Locale.ROOT, "%.0fM", value / 1e6)
                : value >= 1e3
                        ? String.format(Locale.ROOT, "%.0fk", value / 1e3)
                        : String.format(Locale.ROOT, "%.0f", value);
    }

    private void line(double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private void polyline(String points, String colour, String dashes) {
        svg.append(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>%n",
                points,
                colour,
                dashes));
    }

    private void text(double x, double y, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, text));
    }
}
