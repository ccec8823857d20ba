package dev.countersign.hashing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The limits of a {@link HashBudget}.
 *
 * @param permits how many threads hash at the same time, 1 to {@value #MOST_PERMITS}
 * @param deadline the longest time that a hash may wait for a thread, {@value #SHORTEST_DEADLINE_MILLIS} ms to 60 s; a hash that would wait longer is refused at once
 * @param queue how many hashes may wait, 1 to {@value #MOST_QUEUE}
 * @param memoryBytes the memory for hashes that are computed at the same time, for algorithms that need it; at least 1
 */
public record HashLimits(int permits, Duration deadline, int queue, long memoryBytes) {

    /** The most permits. */
    public static final int MOST_PERMITS = 1024;

    /** The longest queue. */
    public static final int MOST_QUEUE = 10_000;

    static final int SHORTEST_DEADLINE_MILLIS = 100;

    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(60);
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);
    private static final int DEFAULT_QUEUE = 200;
    private static final int MEMORY_DIVISOR = 2;

    /** Rejects null components and limits out of range. */
    public HashLimits {
        requireNonNull(deadline, "deadline");
        if (permits < 1 || permits > MOST_PERMITS) {
            throw new IllegalArgumentException("the number of permits is 1 to " + MOST_PERMITS + ": " + permits);
        }
        if (deadline.toMillis() < SHORTEST_DEADLINE_MILLIS || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException(
                    "the deadline is " + SHORTEST_DEADLINE_MILLIS + " ms to 60 s: " + deadline);
        }
        if (queue < 1 || queue > MOST_QUEUE) {
            throw new IllegalArgumentException("the length of the queue is 1 to " + MOST_QUEUE + ": " + queue);
        }
        if (memoryBytes < 1) {
            throw new IllegalArgumentException("the memory is at least a byte: " + memoryBytes);
        }
    }

    /** {@return the limits for this machine: a permit for each processor, a wait of 5 s, a queue of 200, half of the heap} */
    public static HashLimits ofThisMachine() {
        return new HashLimits(
                Math.min(MOST_PERMITS, Runtime.getRuntime().availableProcessors()),
                DEFAULT_DEADLINE,
                DEFAULT_QUEUE,
                memoryOfThisMachine());
    }

    /** {@return the memory for hashes unless another limit is given: half of the largest heap, in bytes} */
    public static long memoryOfThisMachine() {
        return Runtime.getRuntime().maxMemory() / MEMORY_DIVISOR;
    }

    /**
     * The same limits with another number of permits.
     *
     * @param number how many threads hash at the same time
     * @return the limits
     */
    public HashLimits withPermits(int number) {
        return new HashLimits(number, deadline, queue, memoryBytes);
    }

    /**
     * The same limits with another wait.
     *
     * @param longest the longest time that a hash may wait for a thread
     * @return the limits
     */
    public HashLimits withDeadline(Duration longest) {
        requireNonNull(longest, "longest");
        return new HashLimits(permits, longest, queue, memoryBytes);
    }

    /**
     * The same limits with another length of the queue.
     *
     * @param length how many hashes may wait
     * @return the limits
     */
    public HashLimits withQueue(int length) {
        return new HashLimits(permits, deadline, length, memoryBytes);
    }

    /**
     * The same limits with another limit of memory.
     *
     * @param bytes the memory for hashes that are computed at the same time
     * @return the limits
     */
    public HashLimits withMemoryBytes(long bytes) {
        return new HashLimits(permits, deadline, queue, bytes);
    }
}
