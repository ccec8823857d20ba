package dev.countersign.usecase;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The present in the microseconds that stores keep. */
final class Present {

    private Present() {}

    static Instant of(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
