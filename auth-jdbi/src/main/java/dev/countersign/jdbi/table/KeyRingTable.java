package dev.countersign.jdbi.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of encrypted rings of keys. Thread-safe; every method throws an {@code AuthFault} if the database failed. */
public interface KeyRingTable {

    /** {@return every ring, by mount; empty also if the table has not been made yet} */
    List<SealedRing> all();

    /**
     * Finds a ring.
     *
     * @param mount the name of its mount
     * @return the ring; empty if there is none, or no table
     */
    Optional<SealedRing> find(String mount);

    /** {@return the version of each ring, by mount} */
    Map<String, Long> versions();

    /**
     * Stores a first ring.
     *
     * @param ring the ring, with version 1
     * @return whether it was stored; false if the mount has a ring already
     */
    boolean insert(SealedRing ring);

    /**
     * Replaces rings, all or none.
     *
     * @param rings the new rings, each with the version after the stored one
     * @return whether they were replaced; false if one of them was changed meanwhile, or is gone
     */
    boolean replace(List<SealedRing> rings);
}
