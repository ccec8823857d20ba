package dev.countersign.crypto.jjwt;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The time between two ends of keys, in which the same keys of one ring verify. Compared by identity: another ring has other periods. */
final class KeyPeriod {

    private final @Nullable Instant from;
    private final @Nullable Instant until;

    private KeyPeriod(@Nullable Instant from, @Nullable Instant until) {
        this.from = from;
        this.until = until;
    }

    /** The period of a set's keys around a time. */
    static KeyPeriod of(KeySet keys, Instant now) {
        List<Instant> ends = keys.keys().stream()
                .map(RingKey::verifiesUntil)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new KeyPeriod(
                ends.stream()
                        .filter(end -> !end.isAfter(now))
                        .reduce((earlier, later) -> later)
                        .orElse(null),
                ends.stream().filter(end -> end.isAfter(now)).findFirst().orElse(null));
    }

    /** Whether no key ends between that time and this period, in either direction: a clock can be set back. */
    boolean contains(Instant now) {
        return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
    }
}
