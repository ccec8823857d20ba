package dev.countersign.proof;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the server's {@code shared_buffers} mean for lookups: the same databases asked under several settings. */
final class PostgresMemory {

    private static final String USUAL = "128MB";
    private static final long LARGEST_MEGABYTES = 8192;

    private final PostgresNode node;
    private final List<ScaleRun> runs;
    private final int turns;

    PostgresMemory(PostgresNode node, List<ScaleRun> runs, int turns) {
        this.node = node;
        this.runs = runs;
        this.turns = turns;
    }

    /** What PostgreSQL's manual advises for a machine of its own: a quarter of the memory. Here at most 8 GB. */
    static String aQuarter() {
        long bytes =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return Math.min(LARGEST_MEGABYTES, Math.max(128, (bytes >> 20) / 4)) + "MB";
    }

    /** Lines of a table: the usual setting, and then the one the server had so far, each after a restart and with what fits read into it. */
    List<String> compare(String rest) throws IOException, SQLException {
        List<String> lines = new ArrayList<>();
        for (String memory : List.of(USUAL, rest)) {
            node.restart("shared_buffers=" + memory);
            for (ScaleRun run : runs) {
                run.database().pool().getHikariPoolMXBean().softEvictConnections();
                run.database().warm();
            }
            ScaleProof.lookUp(runs, turns);
            runs.forEach(ScaleRun::forget);
            ScaleProof.lookUp(runs, turns);
            ScaleRun smallest = runs.get(0);
            for (ScaleRun run : runs) {
                lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %,d | %.0f | %.2f |%n",
                        memory,
                        run.users(),
                        run.lookupMicros(),
                        run.lookupTimes(smallest)));
            }
        }
        return lines;
    }
}
