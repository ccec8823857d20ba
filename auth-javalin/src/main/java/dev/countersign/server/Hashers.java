package dev.countersign.server;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.server.config.ServerConfig;
import java.security.SecureRandom;

/** The server's password hasher: bcrypt with the configured cost; it also verifies hashes of other systems and replaces them. */
final class Hashers {

    private Hashers() {}

    static MigratingPasswordHasher of(ServerConfig config, SecureRandom random) {
        return new MigratingPasswordHasher(new BcryptPasswordHasher(config.bcryptCost(), random), ForeignHashes.all());
    }
}
