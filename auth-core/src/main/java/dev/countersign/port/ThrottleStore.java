package dev.countersign.port;

import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Counts failed logins, for all nodes that share it. Every method is atomic and durable when it returns. Times are kept to the microsecond. Thread-safe.
 *
 * <p>Every method may throw {@link dev.countersign.AuthFault} or another {@link RuntimeException} if the store fails. {@code ThrottleStoreContract} in
 * the testkit specifies the behaviour.
 */
public interface ThrottleStore {

    /** The most keys of one call. */
    int MOST_KEYS = 3;

    /**
     * Reads counts, in one indexed statement.
     *
     * @param keys 1 to {@value #MOST_KEYS} keys
     * @return the counts by key, without those that are not stored
     */
    Map<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys);

    /**
     * Counts a failure for each key as {@link ThrottleCount#plusFailure} does. Of concurrent calls none is lost.
     *
     * @param keys 1 to {@value #MOST_KEYS} keys
     * @param at when
     */
    void failed(Set<ThrottleKey> keys, Instant at);

    /**
     * Counts a failure before it happens, if nothing was counted meanwhile. Of concurrent calls with one {@code seen}, exactly one returns true.
     *
     * @param key a key that is stored
     * @param seen the count, as it was read
     * @param at when
     * @return whether the count was still the one seen; otherwise nothing is changed
     */
    boolean claim(ThrottleKey key, ThrottleCount seen, Instant at);

    /**
     * Forgets the failures of keys.
     *
     * @param keys 1 to {@value #MOST_KEYS} keys of users and pairs; each pair also gets a new {@link ThrottleCount#succeededAt}
     * @param at when the user logged in
     */
    void succeeded(Set<ThrottleKey> keys, Instant at);

    /**
     * Forgets the failures of a user, also those in single networks. Networks that are known for the user stay known.
     *
     * @param user the user's number
     * @return whether there was a failure to forget
     */
    boolean forgive(UserId user);

    /**
     * Deletes counts whose failures are forgotten and whose successes make no network known any more.
     *
     * @param now the current time
     * @return how many were deleted
     */
    int sweep(Instant now);
}
