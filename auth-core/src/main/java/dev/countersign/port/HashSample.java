package dev.countersign.port;

import dev.countersign.password.PasswordHash;
import dev.countersign.user.UserId;
import java.util.Map;

/**
 * Reads the hashes of some users, so that the hash verified for an unknown user can resemble stored ones. Thread-safe.
 * {@code HashSampleContract} in the testkit specifies the behaviour.
 */
@FunctionalInterface
public interface HashSample {

    /** The most users of one sample. */
    int LARGEST = 1024;

    /**
     * Reads a sample that is spread over all users by their numbers. While no user is added or removed, it holds the same users. Reads at most some thousand
     * rows, by an index.
     *
     * @param most the most users in it, 16 to {@value #LARGEST}
     * @return the hashes of sampled users who have one, by their numbers; at least a quarter of {@code most} users are sampled if there are as many
     * @throws IllegalArgumentException if the number is out of range
     */
    Map<UserId, PasswordHash> read(int most);
}
