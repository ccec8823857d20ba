package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

/**
 * The encrypted keys of one mount.
 *
 * @param mount the unique name of the mount
 * @param version the number of changes, from 1
 * @param sealed the encrypted keys
 * @param masterId tells the master key that encrypted them from others
 */
public record SealedRing(String mount, long version, String sealed, String masterId) {

    /** Rejects null components, and a version below 1. */
    public SealedRing {
        requireNonNull(mount, "mount");
        requireNonNull(sealed, "sealed");
        requireNonNull(masterId, "masterId");
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1, not from " + version);
        }
    }
}
