package dev.countersign.throttle;

import static java.util.Objects.requireNonNull;

import dev.countersign.throttle.ThrottleKey.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored for a key.
 *
 * @param failures how many failures were counted when the last one happened, less those forgotten by then; not negative
 * @param failedAt the time of the last failure; {@link Instant#EPOCH} if there was none
 * @param succeededAt the time of the last recorded success, of a {@link Kind#PAIR} only; null if there was none
 */
public record ThrottleCount(
        double failures, Instant failedAt, @Nullable Instant succeededAt) {

    /** All failures are forgotten after this time without a failure. */
    public static final Duration REMEMBERED = Duration.ofDays(1);

    /** How long a success makes a network known for a user. */
    public static final Duration KNOWN = Duration.ofDays(90);

    /** The count of a key that is not stored. */
    public static final ThrottleCount NONE = new ThrottleCount(0, Instant.EPOCH, null);

    /** Checks the number. */
    public ThrottleCount {
        requireNonNull(failedAt, "failedAt");
        if (!(failures >= 0)) {
            throw new IllegalArgumentException("a number of failures is not negative: " + failures);
        }
    }

    /**
     * The failures that are not forgotten yet.
     *
     * @param kind the kind of the key
     * @param now the current time
     * @return the number, 0 or more
     */
    public double left(Kind kind, Instant now) {
        requireNonNull(kind, "kind");
        requireNonNull(now, "now");

        Duration since = Duration.between(failedAt, now);
        if (since.compareTo(REMEMBERED) >= 0) {
            return 0;
        }
        double seconds = since.isNegative() ? 0 : since.toNanos() / 1e9;
        return Math.max(0, failures - seconds * kind.forgottenPerSecond());
    }

    /**
     * The count after one more failure.
     *
     * @param kind the kind of the key
     * @param at the time of the failure
     * @return the new count
     */
    public ThrottleCount plusFailure(Kind kind, Instant at) {
        return new ThrottleCount(left(kind, at) + 1, at, succeededAt);
    }

    /**
     * Whether a login succeeded within {@link #KNOWN}.
     *
     * @param now the current time
     * @return whether the network is known for the user
     */
    public boolean isKnown(Instant now) {
        requireNonNull(now, "now");

        Instant success = succeededAt;
        return success != null && now.isBefore(success.plus(KNOWN));
    }
}
