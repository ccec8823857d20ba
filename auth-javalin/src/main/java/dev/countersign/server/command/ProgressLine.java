package dev.countersign.server.command;

import dev.countersign.server.transfer.TransferProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** How far a transfer is: on a terminal one line that is written over, elsewhere a plain line now and then. */
final class ProgressLine implements TransferProgress {

    private static final int WIDTH = 30;
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private final long totalBytes;
    private final InstantSource clock;
    private final Instant start;
    private Instant next;
    private boolean written;

    /** With 0 bytes in total there is no share and no remaining time. */
    ProgressLine(PrintStream out, boolean terminal, long totalBytes, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.totalBytes = totalBytes;
        this.clock = clock;
        this.start = clock.instant();
        this.next = start.plus(terminal ? Duration.ZERO : ELSEWHERE);
    }

    @Override
    public void at(long rows, long bytes, boolean hashing) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(terminal ? ON_TERMINAL : ELSEWHERE);
        String text = text(rows, bytes, Duration.between(start, now), hashing);
        if (terminal) {
            out.print("\r" + text + "   ");
            out.flush();
            written = true;
        } else {
            out.println(text);
        }
    }

    private String text(long rows, long bytes, Duration passed, boolean hashing) {
        double seconds = Math.max(1, passed.toMillis()) / 1000.0;
        String text = String.format(Locale.ROOT, "%,d rows, %,.0f/s", rows, rows / seconds);
        if (totalBytes > 0 && bytes > 0) {
            double share = Math.min(1, (double) bytes / totalBytes);
            Duration left = Duration.ofSeconds(Math.round(seconds * (1 - share) / share));
            text = String.format(Locale.ROOT, "%s%3.0f %%, %s, %s left", bar(share), 100 * share, text, clock(left));
        }
        return hashing ? text + ", hashing passwords, which is slow on purpose" : text;
    }

    private String bar(double share) {
        int done = (int) (WIDTH * share);
        return terminal ? "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] " : "";
    }

    private static String clock(Duration left) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    /** Leaves the line that is written over. */
    void end() {
        if (written) {
            out.println();
        }
    }
}
