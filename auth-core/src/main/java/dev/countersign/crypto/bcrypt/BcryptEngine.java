package dev.countersign.crypto.bcrypt;

/** Computes bcrypt's digests. Thread-safe. */
interface BcryptEngine {

    /**
     * Computes one digest.
     *
     * @param work of what
     * @return its 23 bytes
     */
    byte[] digest(BcryptWork work);

    /** {@return 2 if {@link #digests} takes less time than two digests one after the other, otherwise 1} */
    int atOnce();

    /**
     * Computes two digests.
     *
     * @param first of what
     * @param second of what
     * @return their bytes, in the same order
     */
    byte[][] digests(BcryptWork first, BcryptWork second);
}
