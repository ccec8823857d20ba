package dev.countersign.server;

import dev.countersign.password.PasswordHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports stored hashes that need more memory than this process has: their users cannot log in. */
final class HashMemory {

    private static final Logger LOG = LoggerFactory.getLogger(HashMemory.class);

    private HashMemory() {}

    /** Logs one line if there are any among a sample of the users. */
    static void warn(Collection<PasswordHash> hashes, StoredHashes stored) {
        List<String> reasons = hashes.stream()
                .map(stored::lackOfMemory)
                .flatMap(Optional::stream)
                .toList();
        if (!reasons.isEmpty()) {
            LOG.warn(
                    "the password hashes of {} of {} sampled users cannot be verified, so these users cannot log in; of the first,"
                            + " {}",
                    reasons.size(),
                    hashes.size(),
                    reasons.get(0));
        }
    }
}
