package dev.countersign.server.command;

import dev.countersign.server.transfer.TransferProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Prints the progress of a transfer: on a terminal one line that is overwritten, elsewhere a new line every 10 s. */
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

    /** With a total of 0 bytes, no percentage and no remaining time are shown. */
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
            double ratio = Math.min(1, (double) bytes / totalBytes);
            Duration left = Duration.ofSeconds(Math.round(seconds * (1 - ratio) / ratio));
            text = String.format(Locale.ROOT, "%s%3.0f %%, %s, %s left", bar(ratio), 100 * ratio, text, clock(left));
        }
        return hashing ? text + ", hashing passwords, which is slow on purpose" : text;
    }

    private String bar(double ratio) {
        int done = (int) (WIDTH * ratio);
        return terminal ? "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] " : "";
    }

    private static String clock(Duration left) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    /** Ends the line that is overwritten. */
    void end() {
        if (written) {
            out.println();
        }
    }
}
