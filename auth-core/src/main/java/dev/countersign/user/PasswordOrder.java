package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Gives a password change a later time than every token of the former password, even if the clocks of machines differ. */
public final class PasswordOrder {

    private PasswordOrder() {}

    /**
     * Returns the time of a password change, see {@link dev.countersign.port.UserStore#update}.
     *
     * @param given the time of the change by the clock of the requesting machine; null for unknown
     * @param tokenIssuedAt the latest time of issue recorded for the user; null for none
     * @param before the time of the previous password change; null for none
     * @param step the smallest difference that the store can keep, such as a microsecond
     * @return the time to store
     */
    public static Instant time(
            @Nullable Instant given, @Nullable Instant tokenIssuedAt, @Nullable Instant before, Duration step) {
        requireNonNull(step, "step");

        Instant issued = tokenIssuedAt == null ? Instant.EPOCH : tokenIssuedAt;
        // A token issued after the last change may have the following whole second as its time.
        Instant second =
                before == null ? Instant.EPOCH : before.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        Instant bound = second.isAfter(issued) ? second : issued;
        return given != null && given.isAfter(bound) ? given : bound.plus(step);
    }
}
