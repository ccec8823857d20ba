package dev.countersign.server.transfer;

/** Receives the progress of a transfer. */
@FunctionalInterface
public interface TransferProgress {

    /**
     * Called after every batch.
     *
     * @param rows rows so far
     * @param bytes bytes read so far; 0 for an export
     * @param hashing whether passwords are being hashed, which takes a fraction of a second each
     */
    void at(long rows, long bytes, boolean hashing);
}
