package dev.countersign.throttle;

import static java.util.Objects.requireNonNull;

import dev.countersign.throttle.ThrottleKey.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides how long the next login has to wait (ASVS 6.1.1 and 6.3.1, NIST SP 800-63B §3.2.2). Waits double from one second to the longest and end by
 * themselves. The default numbers allow a user at most 91 consecutive failures within any 24 hours.
 *
 * @param freeForUser how many consecutive failures of a user cause no wait, 1 to 20
 * @param freeForNetwork how many failures of a client's network, less one per minute, cause no wait, 1 to 1,000,000
 * @param longest the longest wait, from 1 second to 24 hours
 */
public record ThrottlePolicy(int freeForUser, int freeForNetwork, Duration longest) {

    /** How many logins of one user may run at the same time from a network that is known for the user. */
    public static final int MOST_AT_ONCE = 50;

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 17;
    private static final int MOST_FREE = 20;
    private static final int MOST_FREE_FOR_NETWORK = 1_000_000;
    // A failure that seems to happen later than this was recorded by a clock that was wrong.
    private static final Duration MOST_CLOCK_SKEW = Duration.ofMinutes(5);

    /** 10 free failures per user, 100 per network, and waits of at most 20 minutes. */
    public static final ThrottlePolicy DEFAULT = new ThrottlePolicy(10, 100, Duration.ofMinutes(20));

    /** Checks the ranges. */
    public ThrottlePolicy {
        requireNonNull(longest, "longest");
        if (freeForUser < 1 || freeForUser > MOST_FREE) {
            throw new IllegalArgumentException("a user has 1 to " + MOST_FREE + " free failures: " + freeForUser);
        }
        if (freeForNetwork < 1 || freeForNetwork > MOST_FREE_FOR_NETWORK) {
            throw new IllegalArgumentException(
                    "a network has 1 to " + MOST_FREE_FOR_NETWORK + " free failures: " + freeForNetwork);
        }
        if (longest.compareTo(FIRST) < 0 || longest.compareTo(ThrottleCount.REMEMBERED) > 0) {
            throw new IllegalArgumentException("the longest wait is 1 second to 24 hours: " + longest);
        }
    }

    /** Why a login has to wait. */
    public enum Cause {
        /** Failures of the user. */
        USER,
        /** Failures from the client's network. */
        NETWORK,
        /** Others that run at the same time might all fail. */
        AT_ONCE
    }

    /**
     * The failures of a key, and the attempts of it that are running.
     *
     * @param count the stored count
     * @param running how many other attempts are running whose result is not in the count
     */
    public record Tally(ThrottleCount count, int running) {

        /** Nothing is known. */
        public static final Tally NONE = new Tally(ThrottleCount.NONE, 0);

        /** Rejects null. */
        public Tally {
            requireNonNull(count, "count");
        }
    }

    /**
     * The result.
     *
     * @param cause why the login has to wait; meaningless if it does not
     * @param delay how long; zero if the password may be verified now
     */
    public record Decision(Cause cause, Duration delay) {

        /** The password may be verified now. */
        public static final Decision NOW = new Decision(Cause.USER, Duration.ZERO);

        /** Rejects null components. */
        public Decision {
            requireNonNull(cause, "cause");
            requireNonNull(delay, "delay");
        }

        /** {@return whether the password may be verified now} */
        public boolean isNow() {
            return delay.isZero();
        }
    }

    /**
     * Decides about a login. From a network that is known for the user only the failures of this user in this network count, so nobody elsewhere can
     * keep the user out.
     *
     * @param user the failures of the user
     * @param network the failures of the client's network
     * @param pair the failures of the user in this network
     * @param now the current time
     * @return the decision
     */
    public Decision decide(Tally user, Tally network, Tally pair, Instant now) {
        requireNonNull(user, "user");
        requireNonNull(network, "network");
        requireNonNull(pair, "pair");
        requireNonNull(now, "now");

        if (pair.count().isKnown(now)) {
            int atOnce = pair.count().left(Kind.PAIR, now) < 1 ? MOST_AT_ONCE : freeForUser;
            return decide(pair, Kind.PAIR, Cause.USER, freeForUser, atOnce, now);
        }
        Decision byUser = decide(user, Kind.USER, Cause.USER, freeForUser, freeForUser, now);
        Decision byNetwork = decide(network, Kind.NETWORK, Cause.NETWORK, freeForNetwork, freeForNetwork, now);
        return byNetwork.delay().compareTo(byUser.delay()) > 0 ? byNetwork : byUser;
    }

    private Decision decide(Tally tally, Kind kind, Cause cause, int free, int atOnce, Instant now) {
        int failures = (int) tally.count().left(kind, now);
        Duration wait = remaining(tally.count(), failures - free, now);
        if (!wait.isZero()) {
            return new Decision(cause, wait);
        }
        // After the free failures one attempt at a time.
        int most = failures < free ? atOnce - failures : 1;
        return tally.running() < most ? Decision.NOW : new Decision(Cause.AT_ONCE, FIRST);
    }

    private Duration remaining(ThrottleCount count, int beyond, Instant now) {
        if (beyond < 0 || count.failedAt().isAfter(now.plus(MOST_CLOCK_SKEW))) {
            return Duration.ZERO;
        }
        Duration whole = waitAfter(beyond);
        Duration left = Duration.between(now, count.failedAt().plus(whole));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(whole) > 0 ? whole : left;
    }

    private Duration waitAfter(int beyond) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    /**
     * Whether a user, or a user in a known network, has no free failures left, so that each further attempt must be counted before it begins.
     *
     * @param count the count
     * @param now the current time
     * @return whether attempts are counted first
     */
    public boolean countsFirst(ThrottleCount count, Instant now) {
        return requireNonNull(count, "count").left(Kind.USER, now) >= freeForUser;
    }
}
