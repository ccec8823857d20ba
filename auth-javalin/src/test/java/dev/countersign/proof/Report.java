package dev.countersign.proof;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** What a program says, and on which machine it says so. */
final class Report {

    private final PrintStream out;
    private final long seed;

    private Report(PrintStream out, long seed) {
        this.out = out;
        this.seed = seed;
    }

    /** Begins; whatever processes are left when the program ends, end too. */
    static Report start(String program) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        Report report = new Report(System.out, Long.getLong("proof.seed", System.nanoTime()));
        report.say(program + " on " + machine() + ", seed " + report.seed());
        return report;
    }

    static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.join(
                ", ",
                List.of(
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        runtime.availableProcessors() + " cores",
                        "JDK " + System.getProperty("java.version")));
    }

    /** What else the machine had to do in the last minute. */
    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "The machine's load average was %.1f when it began.", load);
    }

    long seed() {
        return seed;
    }

    void say(String line) {
        out.println(line);
    }
}
