package dev.countersign.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Ctrl-C does to a process; or, where the build itself was started so that children ignore that (in the background of a shell), what asks them to end. */
public final class CtrlC {

    private static final int SIGINT = 2;
    private static final boolean IGNORED = isIgnored();

    private CtrlC() {}

    public static void send(Process child) throws IOException, InterruptedException {
        new ProcessBuilder("kill", IGNORED ? "-TERM" : "-INT", Long.toString(child.pid()))
                .start()
                .waitFor();
    }

    /** With which code a process ends of it. */
    public static int exitCode() {
        return IGNORED ? 143 : 130;
    }

    private static boolean isIgnored() {
        String name = "SigIgn:";
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line ->
                            Long.parseUnsignedLong(line.substring(name.length()).strip(), 16))
                    .anyMatch(ignored -> (ignored >> (SIGINT - 1) & 1) == 1);
        } catch (IOException notLinux) {
            return false;
        }
    }
}
