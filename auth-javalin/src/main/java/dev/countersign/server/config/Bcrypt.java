package dev.countersign.server.config;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import java.security.SecureRandom;

/** What computes bcrypt. */
public enum Bcrypt {
    /** Two hashes at once, unless the self-test fails. */
    FASTEST {
        @Override
        public BcryptPasswordHasher hasher(int cost, SecureRandom random) {
            return new BcryptPasswordHasher(cost, random);
        }
    },
    /** The bcrypt library. */
    LIBRARY {
        @Override
        public BcryptPasswordHasher hasher(int cost, SecureRandom random) {
            return BcryptPasswordHasher.ofLibrary(cost, random);
        }
    };

    /**
     * Makes a hasher.
     *
     * @param cost the cost of new hashes
     * @param random the source of salts
     * @return the hasher
     */
    public abstract BcryptPasswordHasher hasher(int cost, SecureRandom random);
}
