package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.jdbi.table.KeyRingTable;
import dev.countersign.jdbi.table.SealedRing;
import dev.countersign.server.config.ConfigException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** The encrypted rings in a shared database, and the master key that opens them. Thread-safe. */
final class SharedRings {

    private static final int ATTEMPTS = 20;

    private final KeyRingTable table;
    private final MasterKeyPlace place;
    private final SecureRandom random;
    private volatile MasterKey master;
    private volatile Map<String, Long> versions = ImmutableMap.of();

    SharedRings(KeyRingTable table, MasterKeyPlace place, SecureRandom random) throws ConfigException {
        this.table = table;
        this.place = place;
        this.random = random;
        this.master = place.read();
    }

    KeyRingTable table() {
        return table;
    }

    /** Decrypts a ring. The master key in the file may have been replaced since it was read. */
    String open(SealedRing ring) throws ConfigException {
        if (!ring.masterId().equals(master.id())) {
            master = place.read();
        }
        return master.open(ring);
    }

    SealedRing seal(String mount, long version, KeySet keys) {
        return master.seal(mount, version, keys.revealForStorage(), random);
    }

    /** Opens every ring: a wrong master key is reported before anything is written. */
    void check() throws ConfigException {
        for (SealedRing ring : table.all()) {
            open(ring);
        }
    }

    /** Looks for changes, with one query for all mounts. */
    void look() {
        versions = table.versions();
    }

    long version(String mount) {
        return versions.getOrDefault(mount, 0L);
    }

    /** Encrypts every ring under another master key. */
    int encryptUnder(MasterKey other) throws ConfigException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<SealedRing> present = table.all();
            ImmutableList.Builder<SealedRing> changed = ImmutableList.builder();
            for (SealedRing ring : present) {
                if (!ring.masterId().equals(other.id())) {
                    changed.add(other.seal(ring.mount(), ring.version() + 1, open(ring), random));
                }
            }
            if (table.replace(changed.build())) {
                return changed.build().size();
            }
        }
        throw new ConfigException("the keys are being changed by others; nothing was changed, try again");
    }
}
