package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a {@link HashBudget} does and has done since it was created.
 *
 * @param permits how many threads may hash at the same time
 * @param running hashes that are computed now
 * @param waiting hashes that wait now
 * @param done hashes that were computed
 * @param overloaded hashes that were refused because the queue was full
 * @param overShare hashes that were refused because their client or account already had its share of the queue
 * @param late hashes that waited until their deadline, and were not computed
 * @param perHash the time of a hash, a moving average; zero before the first
 */
public record HashState(
        int permits,
        int running,
        int waiting,
        long done,
        long overloaded,
        long overShare,
        long late,
        Duration perHash) {

    /** Rejects null components. */
    public HashState {
        requireNonNull(perHash, "perHash");
    }

    /** {@return all refusals: {@link #overloaded}, {@link #overShare} and {@link #late} together} */
    public long refused() {
        return overloaded + overShare + late;
    }
}
