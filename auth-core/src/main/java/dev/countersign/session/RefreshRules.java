package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import dev.countersign.token.TokenProfile;
import java.time.Duration;
import java.util.Optional;

/**
 * The rules of refresh tokens.
 *
 * @param profile the form of a signed refresh token; empty for random ones of 256 bits
 * @param rotation whether a refresh replaces the token
 * @param idle how long a refresh token is valid, at least 1 s; each refresh starts it anew
 * @param absolute how long a session lasts from its login, at least as long as {@code idle}
 * @param grace how long a spent token gives its successor again, so that two tabs of a browser do not log each other out; 0 to 60 s
 */
public record RefreshRules(
        Optional<TokenProfile> profile, Rotation rotation, Duration idle, Duration absolute, Duration grace) {

    /** The longest grace. */
    public static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

    /** Whether a refresh replaces the refresh token. */
    public enum Rotation {
        /** Each token works once; a spent one that is presented again ends the session. */
        SINGLE_USE,
        /** The token stays the same until it expires. */
        KEPT
    }

    /** Rejects null components and durations out of range. */
    public RefreshRules {
        requireNonNull(profile, "profile");
        requireNonNull(rotation, "rotation");
        requireNonNull(idle, "idle");
        requireNonNull(absolute, "absolute");
        requireNonNull(grace, "grace");
        if (idle.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a refresh token lasts at least a second: " + idle);
        }
        if (absolute.compareTo(idle) < 0) {
            throw new IllegalArgumentException(
                    "a session lasts at least as long as a refresh token: " + absolute + " is less than " + idle);
        }
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("the grace is 0 to 60 seconds: " + grace);
        }
    }

    /**
     * Random single-use tokens.
     *
     * @param idle how long a refresh token is valid
     * @param absolute how long a session lasts from its login
     * @return the rules, with a grace of 10 s
     */
    public static RefreshRules singleUse(Duration idle, Duration absolute) {
        return new RefreshRules(Optional.empty(), Rotation.SINGLE_USE, idle, absolute, Duration.ofSeconds(10));
    }
}
