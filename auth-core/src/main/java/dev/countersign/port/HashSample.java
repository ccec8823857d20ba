package dev.countersign.port;

import dev.countersign.password.PasswordHash;
import dev.countersign.user.UserId;
import java.util.Map;

/**
 * Reads the hashes of some users, so that a hash verified for an unknown user can be like those that are stored. Thread-safe. The behaviour is pinned
 * down by {@code HashSampleContract} in the testkit.
 */
@FunctionalInterface
public interface HashSample {

    /** The most users of one sample. */
    int LARGEST = 1024;

    /**
     * Reads a sample, spread over all users by their numbers. As long as no user comes or goes, the same users are in it, so that what is chosen by them
     * does not change. Reads some thousand rows at most by an index, however many users there are.
     *
     * @param most the most users in it, 16 to {@value #LARGEST}
     * @return the hashes of those who have one, by their numbers; if there are a quarter as many users as asked for, at least so many are looked at
     * @throws IllegalArgumentException if the number is out of range
     */
    Map<UserId, PasswordHash> read(int most);
}
