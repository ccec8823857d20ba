package dev.countersign.javalin.server.transfer;

/**
 * What came of an import so far.
 *
 * @param read rows read
 * @param added users who were new
 * @param updated users who were there and were changed
 * @param existing users who were there and were left alone
 * @param rejected rows that could not be taken
 */
public record Tally(long read, long added, long updated, long existing, long rejected) {

    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                read + other.read,
                added + other.added,
                updated + other.updated,
                existing + other.existing,
                rejected + other.rejected);
    }
}
