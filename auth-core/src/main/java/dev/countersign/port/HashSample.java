package dev.countersign.port;

import dev.countersign.password.PasswordHash;
import dev.countersign.user.UserId;
import java.util.Map;

/**
 * Reads the hashes of some users, so that the hash verified for an unknown user resembles stored ones. Thread-safe. {@code HashSampleContract} in the
 * testkit specifies the behaviour.
 */
@FunctionalInterface
public interface HashSample {

    /** The most users of one sample. */
    int LARGEST = 1024;

    /**
     * Reads a sample that is spread over all users by their numbers. While no user is added or removed, it contains the same users. Reads a few
     * thousand rows at most, by an index.
     *
     * @param most the most users of the sample, 16 to {@value #LARGEST}
     * @return the hashes of the sampled users who have one, by number; at least a quarter of {@code most} users are sampled if the store has as many
     * @throws IllegalArgumentException if the number is out of range
     */
    Map<UserId, PasswordHash> read(int most);
}
