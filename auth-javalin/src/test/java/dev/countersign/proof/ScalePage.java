package dev.countersign.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parts of {@code scale.md} that are made here, each between two marks; the text between the parts is not touched. */
final class ScalePage {

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final List<ScaleRow> rows;

    ScalePage(
            List<ScaleRow> rows,
            List<NodeRow> nodes,
            List<StoreLoad.Row> logins,
            List<String> memories,
            List<String> remarks) {
        this.rows = rows;
        parts.put(
                "sizes",
                "`scripts/scale.sh` on " + Report.machine() + ".\n\n" + ScaleRow.HEAD
                        + lines(rows.stream().map(ScaleRow::markdown).toList()) + "\n"
                        + lines(remarks.stream()
                                .map(remark -> "* " + remark + "\n")
                                .toList()));
        parts.put(
                "memory",
                "| `shared_buffers` | users | lookup p50, µs | times the smallest |\n|---|---|---|---|\n"
                        + lines(memories));
        parts.put(
                "node",
                NodeRow.HEAD + lines(nodes.stream().map(NodeRow::markdown).toList()) + "\n" + StoreLoad.Row.HEAD
                        + lines(logins.stream().map(StoreLoad.Row::markdown).toList()));
        ScalePaper paper = new ScalePaper(rows, nodes, logins);
        parts.put("needs", paper.needs());
        parts.put("billion", paper.billion());
        parts.put("aims", new ScaleAims(rows).markdown());
    }

    private static String lines(List<String> lines) {
        return String.join("", lines);
    }

    static String begin(String part) {
        return "<!-- begin: " + part + ", made by scripts/scale.sh -->\n";
    }

    static String end(String part) {
        return "<!-- end: " + part + " -->\n";
    }

    void write(Path folder) throws IOException {
        Path page = folder.resolve("scale.md");
        String text = Files.readString(page);
        for (Map.Entry<String, String> part : parts.entrySet()) {
            int from = text.indexOf(begin(part.getKey()));
            int to = text.indexOf(end(part.getKey()));
            if (from < 0 || to < from) {
                throw new IOException(page + " has no place for " + part.getKey());
            }
            text = text.substring(0, from) + begin(part.getKey()) + part.getValue() + text.substring(to);
        }
        Files.writeString(page, text);
        Files.writeString(folder.resolve("scale.svg"), ScalePlot.of(rows), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + ":\n\n" + part.getValue())
                .collect(Collectors.joining("\n"));
    }
}
