package dev.countersign.server.transfer;

/**
 * The counts of an import so far.
 *
 * @param read rows read
 * @param added users who were new
 * @param updated users who were there and were changed
 * @param existing users who were there and were left alone
 * @param rejected rows that could not be taken
 * @param wrapped users added or updated with a weak hash, which is stored inside a slow one
 */
public record Tally(long read, long added, long updated, long existing, long rejected, long wrapped) {

    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                read + other.read,
                added + other.added,
                updated + other.updated,
                existing + other.existing,
                rejected + other.rejected,
                wrapped + other.wrapped);
    }
}
