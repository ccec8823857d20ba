package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Dates a password change after every token of the former password, even if the clocks of machines differ. */
public final class PasswordOrder {

    private PasswordOrder() {}

    /**
     * The time of a password change, see {@link dev.countersign.port.UserStore#update}.
     *
     * @param given when it happened by the clock of the machine that asks for it; null for unknown
     * @param tokenIssuedAt the latest time of issue that was noted for the user; null for none
     * @param before the last change of the password; null for none
     * @param step the smallest difference that the store keeps, such as a microsecond
     * @return the time to store
     */
    public static Instant time(
            @Nullable Instant given, @Nullable Instant tokenIssuedAt, @Nullable Instant before, Duration step) {
        requireNonNull(step, "step");

        Instant issued = tokenIssuedAt == null ? Instant.EPOCH : tokenIssuedAt;
        // A token that follows the last change may be dated to the whole second behind it.
        Instant second =
                before == null ? Instant.EPOCH : before.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        Instant bound = second.isAfter(issued) ? second : issued;
        return given != null && given.isAfter(bound) ? given : bound.plus(step);
    }
}
