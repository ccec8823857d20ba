package dev.countersign.api;

import com.google.common.base.Throwables;
import com.google.common.hash.Hashing;
import dev.countersign.AuthFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs faults: one line per request with the causes, and the stack trace for the first of each kind. Later ones are counted until none has occurred
 * for an hour. Thread-safe.
 */
final class FaultLog {

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST_KINDS = 100;
    private static final int DEEPEST_CAUSE = 5;
    private static final int TELLING_FRAMES = 12;

    private final InstantSource clock;
    private final Map<String, Seen> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST_KINDS;
        }
    };

    FaultLog(InstantSource clock) {
        this.clock = clock;
    }

    private record Seen(Instant first, Instant latest, long times) {}

    /** Logs a fault that ended the named request. */
    void log(String what, RuntimeException fault) {
        String kind = kind(fault);
        Seen seen = note(kind);
        if (seen.times() == 1) {
            LOG.error("{} failed: {} [fault {}]", what, causes(fault), kind, fault);
        } else {
            LOG.error(
                    "{} failed: {} [fault {}, no. {} since {}, where its trace is]",
                    what,
                    causes(fault),
                    kind,
                    seen.times(),
                    seen.first().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** Logs an error without its stack trace: after a stack overflow that would be a thousand equal frames. */
    void log(String what, Error broken) {
        LOG.error(
                "{} failed: {}{}",
                what,
                broken.getClass().getName(),
                Arrays.stream(broken.getStackTrace())
                        .limit(1)
                        .map(frame -> " at " + frame)
                        .collect(Collectors.joining()));
    }

    private Seen note(String kind) {
        Instant now = clock.instant();
        synchronized (kinds) {
            Seen before = kinds.get(kind);
            Seen seen = before == null || before.latest().plus(REMEMBERED).isBefore(now)
                    ? new Seen(now, now, 1)
                    : new Seen(before.first(), now, before.times() + 1);
            kinds.put(kind, seen);
            return seen;
        }
    }

    /** The kind of a fault: a digest that is equal for faults from the same place. Messages of other libraries are left out: they may quote a request. */
    private static String kind(RuntimeException fault) {
        String text = Throwables.getCausalChain(fault).stream()
                .map(cause -> cause.getClass().getName()
                        + (fault instanceof AuthFault
                                ? String.valueOf(cause.getMessage()).replaceAll("[0-9]", "")
                                : "")
                        + Arrays.stream(cause.getStackTrace())
                                .limit(TELLING_FRAMES)
                                .toList())
                .collect(Collectors.joining("\n"));
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 8);
    }

    // An exception that is not an AuthFault is named with its type.
    private static String causes(RuntimeException fault) {
        return Throwables.getCausalChain(fault).stream()
                .limit(DEEPEST_CAUSE)
                .map(cause -> fault instanceof AuthFault && cause.getMessage() != null
                        ? cause.getMessage()
                        : cause.toString())
                .map(text -> text.lines().findFirst().orElse(""))
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
