package dev.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the result into {@code docs/speed.md}, between two markers, and the plot beside it. */
final class BenchPage {

    private static final String BEGIN = "<!-- begin: written by scripts/bench.sh -->\n";
    private static final String END = "<!-- end -->\n";

    private BenchPage() {}

    static void write(Path docs, String table, String plot) throws IOException {
        Path page = docs.resolve("speed.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for the result");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + text.substring(end));
        Files.writeString(docs.resolve("speed.svg"), plot);
    }
}
