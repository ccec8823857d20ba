package dev.countersign.server;

import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's password hasher: bcrypt with the configured cost, encrypted with the configured pepper; it also verifies hashes of other systems and
 * replaces them.
 */
final class Hashers {

    private static final Logger LOG = LoggerFactory.getLogger(Hashers.class);
    private static final int MOST_REASONS = 100;
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private Hashers() {}

    static StoredHashes of(ServerConfig config, SecureRandom random) throws ConfigException {
        MigratingPasswordHasher hasher =
                new MigratingPasswordHasher(config.bcrypt().hasher(config.bcryptCost(), random), ForeignHashes.all());
        PepperFile peppers = PepperFile.read(config.passwords().pepperFile());
        return new StoredHashes(hasher, peppers, peppers.around(hasher).onUnreadable(Hashers::report));
    }

    /** Once per reason, because every login of such a user reports it. */
    private static void report(String reason) {
        if (REPORTED.size() < MOST_REASONS && REPORTED.add(reason)) {
            LOG.warn(
                    "a user cannot log in because of the stored hash: {}; pepper list counts such users (logged once)",
                    reason);
        }
    }
}
