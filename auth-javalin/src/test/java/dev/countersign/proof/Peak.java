package dev.countersign.proof;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory this process has had since a moment. */
public final class Peak {

    private Peak() {}

    static void reset() {
        System.gc();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException notLinux) {
            // Then the peak is that of the whole run.
        }
    }

    /** The heap's, in bytes. */
    static long heap() {
        return pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    /** The whole process's, in bytes; 0 where the system does not tell. */
    static long resident() {
        return of(ProcessHandle.current().pid(), "VmHWM:");
    }

    /** What the system says of a process, in bytes. */
    public static long of(long pid, String what) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(what))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
