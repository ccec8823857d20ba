package dev.countersign.usecase;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The current time in microseconds, the precision of stores. */
final class Present {

    private Present() {}

    static Instant of(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
